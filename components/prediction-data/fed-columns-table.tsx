import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { ColumnUse } from "@/lib/features/contract";
import { tableWords } from "./table-words";

/** Columns that feed predictions: the features made from each, or what else it is read for. */
export function FedColumnsTable({ columns }: { columns: ColumnUse["fed"] }) {
  // What features are made from comes first within its table.
  const ordered = columns.toSorted(
    (a, b) => a.table.localeCompare(b.table) || Number(b.features.length > 0) - Number(a.features.length > 0),
  );
  return (
    <Table label="Columns that feed predictions" className="min-w-[40rem] table-fixed">
      <TableHead>
        <HeaderCell className="w-[30%]">Column</HeaderCell>
        <HeaderCell>Features made from it</HeaderCell>
      </TableHead>
      <TableBody>
        {ordered.map(({ table, column, features, why }) => (
          <Row key={`${table}.${column}`}>
            <Cell>
              <span className="block text-ink">{tableWords(table)}</span>
              <span className="break-all font-mono text-xs text-muted">{column}</span>
            </Cell>
            <Cell className="text-muted">
              {features.length > 0 ? features.join(" · ") : <span className="text-faint">{why}</span>}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
