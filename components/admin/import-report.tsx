import { formatBytes, formatCount, formatDay } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { ImportFileSummary, ImportInputSummary, QuarantineReason } from "@/lib/import-history/contract";

/** The files that came in, and how many of their rows the mapping makes something of. */
export function ImportInputsTable({ inputs }: { inputs: ImportInputSummary[] }) {
  return (
    <Table label="Files read">
      <TableHead>
        <HeaderCell>File read</HeaderCell>
        <HeaderCell numeric>Size</HeaderCell>
        <HeaderCell numeric>Rows read</HeaderCell>
        <HeaderCell numeric>Not used</HeaderCell>
      </TableHead>
      <TableBody>
        {inputs.map((input) => (
          <Row key={input.file}>
            <Cell className="whitespace-nowrap font-medium text-ink" title={input.sha256}>
              {input.file}
            </Cell>
            <Cell numeric>{formatBytes(input.bytes)}</Cell>
            <Cell numeric>{formatCount(input.rowsRead)}</Cell>
            <Cell numeric>{formatCount(input.rowsUnused)}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

/** What became of each file's rows: read, or made by the mapping, = new + further version + same + waiting + quarantined. */
export function ImportFilesTable(args: { files: ImportFileSummary[]; mapped: boolean; zone: string; now: Date }) {
  const { files, mapped, zone, now } = args;
  return (
    <Table label="Files">
      <TableHead>
        <HeaderCell>{mapped ? "Made of them" : "File"}</HeaderCell>
        {!mapped && <HeaderCell numeric>Size</HeaderCell>}
        <HeaderCell numeric>{mapped ? "Rows made" : "Rows read"}</HeaderCell>
        <HeaderCell numeric>New</HeaderCell>
        <HeaderCell numeric>New version</HeaderCell>
        <HeaderCell numeric>Same</HeaderCell>
        <HeaderCell numeric>Waiting</HeaderCell>
        <HeaderCell numeric>Quarantined</HeaderCell>
        <HeaderCell>About</HeaderCell>
      </TableHead>
      <TableBody>
        {files.map((file) => (
          <Row key={file.file}>
            <Cell className="whitespace-nowrap font-medium text-ink" title={file.sha256 ?? undefined}>
              {file.file}
            </Cell>
            {!mapped && <Cell numeric>{formatBytes(file.bytes)}</Cell>}
            <Cell numeric>{formatCount(file.rowsRead)}</Cell>
            <Cell numeric>{formatCount(file.rowsNew)}</Cell>
            <Cell numeric>{formatCount(file.rowsVersion)}</Cell>
            <Cell numeric>{formatCount(file.rowsSame)}</Cell>
            <Cell numeric>{formatCount(file.rowsWaiting)}</Cell>
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
