import { formatBytes, formatCount, formatDay } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { ImportFileSummary, QuarantineReason } from "@/lib/import-history/contract";

/** What became of each file's rows: read = new + further version + same + quarantined. */
export function ImportFilesTable({ files, zone, now }: { files: ImportFileSummary[]; zone: string; now: Date }) {
  return (
    <Table label="Files">
      <TableHead>
        <HeaderCell>File</HeaderCell>
        <HeaderCell numeric>Size</HeaderCell>
        <HeaderCell numeric>Rows read</HeaderCell>
        <HeaderCell numeric>New</HeaderCell>
        <HeaderCell numeric>New version</HeaderCell>
        <HeaderCell numeric>Same</HeaderCell>
        <HeaderCell numeric>Quarantined</HeaderCell>
        <HeaderCell>About</HeaderCell>
      </TableHead>
      <TableBody>
        {files.map((file) => (
          <Row key={file.file}>
            <Cell className="whitespace-nowrap font-medium text-ink" title={file.sha256 ?? undefined}>
              {file.file}
            </Cell>
            <Cell numeric>{formatBytes(file.bytes)}</Cell>
            <Cell numeric>{formatCount(file.rowsRead)}</Cell>
            <Cell numeric>{formatCount(file.rowsNew)}</Cell>
            <Cell numeric>{formatCount(file.rowsVersion)}</Cell>
            <Cell numeric>{formatCount(file.rowsSame)}</Cell>
            <Cell numeric>{formatCount(file.rowsBad)}</Cell>
            <Cell className="whitespace-nowrap text-muted">
              {file.firstAt && file.lastAt
                ? `${formatDay(file.firstAt, zone, now)} to ${formatDay(file.lastAt, zone, now)}`
                : "not dated"}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

export function QuarantineReasonsTable({ reasons }: { reasons: QuarantineReason[] }) {
  return (
    <Table label="Reasons of quarantine">
      <TableHead>
        <HeaderCell>Reason</HeaderCell>
        <HeaderCell>File</HeaderCell>
        <HeaderCell numeric>Count</HeaderCell>
      </TableHead>
      <TableBody>
        {reasons.map((reason) => (
          <Row key={`${reason.file}\n${reason.reason}`}>
            <Cell>{reason.reason}</Cell>
            <Cell className="whitespace-nowrap text-muted">{reason.file}</Cell>
            <Cell numeric>{formatCount(reason.count)}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
