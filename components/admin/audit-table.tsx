import { formatInstant } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { AuditEventSummary } from "@/lib/audit/contract";

const DETAIL_LENGTH_SHOWN = 160;

export function AuditTable({ events, zone }: { events: AuditEventSummary[]; zone: string }) {
  return (
    <Table label="Audit">
      <TableHead>
        <HeaderCell numeric>No.</HeaderCell>
        <HeaderCell>When</HeaderCell>
        <HeaderCell>Who</HeaderCell>
        <HeaderCell>What</HeaderCell>
        <HeaderCell>On</HeaderCell>
        <HeaderCell>Detail</HeaderCell>
      </TableHead>
      <TableBody>
        {events.map((event) => (
          <Row key={event.seq}>
            <Cell numeric className="text-faint">
              {event.seq}
            </Cell>
            <Cell className="whitespace-nowrap text-muted">{formatInstant(event.at, zone)}</Cell>
            <Cell className="whitespace-nowrap">{event.actorLabel}</Cell>
            <Cell className="whitespace-nowrap font-mono text-xs">{event.action}</Cell>
            <Cell className="max-w-48 truncate text-muted" title={`${event.subjectType} ${event.subjectId}`}>
              {event.subjectType} {event.subjectId}
            </Cell>
            <Cell className="min-w-56 max-w-md wrap-anywhere font-mono text-xs text-muted">
              <Detail text={detailText(event.detail)} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Detail({ text }: { text: string }) {
  if (text.length <= DETAIL_LENGTH_SHOWN) return text;
  return (
    <details>
      <summary>{text.slice(0, DETAIL_LENGTH_SHOWN)}…</summary>
      {text.slice(DETAIL_LENGTH_SHOWN)}
    </details>
  );
}

function detailText(detail: Record<string, unknown>): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(" · ");
}
