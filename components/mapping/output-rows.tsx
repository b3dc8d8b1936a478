import { formatCount } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { OutputPreview } from "@/lib/ingest/mapping/editing-contract";

const ROWS_SHOWN = 5;

/** The canonical rows that an output makes of the first rows, made by what imports them. */
export function OutputRows({ preview, title }: { preview: OutputPreview; title: string }) {
  const { good, bad, unused, header } = preview;
  const rows = preview.rows.filter((row) => "values" in row).slice(0, ROWS_SHOWN);
  const faults = preview.rows.filter((row) => "reason" in row).slice(0, ROWS_SHOWN);
  return (
    <div className="space-y-2">
      <p className="text-sm text-muted" role="status">
        Of the first {formatCount(good + bad + unused)} rows{" "}
        <strong className="font-medium text-ink">{formatCount(good)} fit</strong>
        {bad > 0 && (
          <strong className="font-medium text-danger-text">, {formatCount(bad)} would go to quarantine</strong>
        )}
        {unused > 0 && `, ${formatCount(unused)} are not for this output`}.
      </p>
      {faults.length > 0 && (
        <ul className="space-y-0.5 text-sm text-danger-text">
          {faults.map((fault) => (
            <li key={fault.line}>
              Line {fault.line}
              {fault.column !== null && <>, {fault.column}</>}
              {fault.value ? <> is “{fault.value}”</> : null}: {fault.reason}
            </li>
          ))}
        </ul>
      )}
      {rows.length > 0 && (
        <Table label={`Rows for ${title}`}>
          <TableHead>
            {header.map((name) => (
              <HeaderCell key={name}>{name}</HeaderCell>
            ))}
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <Row key={row.line}>
                {row.values.map((value, at) => (
                  <Cell
                    key={header[at]}
                    className="max-w-64 truncate whitespace-nowrap font-mono text-xs"
                    title={value}
                  >
                    {value}
                  </Cell>
                ))}
              </Row>
            ))}
          </TableBody>
        </Table>
      )}
    </div>
  );
}
