import { EmptyState } from "@/components/ui/empty-state";
import { formatInstant } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { SettingVersion } from "@/lib/settings/contract";
import { SETTING_GROUPS } from "./setting-words";

const LABELS = new Map<string, string>(
  SETTING_GROUPS.flatMap(({ settings }) => settings.map(({ key, label }) => [key, label] as const)),
);

/** Every change of a setting, newest first. */
export function SettingHistory({ history, zone }: { history: SettingVersion[]; zone: string }) {
  if (history.length === 0)
    return <EmptyState title="No changes yet">All settings are as the product brings them.</EmptyState>;
  return (
    <Table label="Changes of settings">
      <TableHead>
        <HeaderCell>When</HeaderCell>
        <HeaderCell>Who</HeaderCell>
        <HeaderCell>Setting</HeaderCell>
        <HeaderCell>From</HeaderCell>
        <HeaderCell>To</HeaderCell>
        <HeaderCell>Reason</HeaderCell>
      </TableHead>
      <TableBody>
        {history.map((version) => (
          <Row key={version.id}>
            <Cell className="whitespace-nowrap text-muted">{formatInstant(version.setAt, zone)}</Cell>
            <Cell className="whitespace-nowrap">{version.setBy ?? "Tideline"}</Cell>
            <Cell className="whitespace-nowrap">{LABELS.get(version.key) ?? version.key}</Cell>
            <Cell className="tabular-nums">{version.from === null ? "not set" : String(version.from)}</Cell>
            <Cell className="tabular-nums">{String(version.to)}</Cell>
            <Cell className="min-w-40 text-muted">{version.reason ?? "None given"}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
