import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { ColumnUse } from "@/lib/features/contract";
import { tableWords } from "./table-words";

/** Columns that never feed predictions, those of one table with one reason together. */
export function ClosedColumnsTable({ columns }: { columns: ColumnUse["never"] }) {
  const groups = new Map<string, ColumnUse["never"]>();
  for (const column of columns) {
    const key = `${column.table} ${column.why}`;
    groups.set(key, [...(groups.get(key) ?? []), column]);
  }
  return (
    <Table label="Columns that never feed predictions" className="min-w-[46rem] table-fixed">
      <TableHead>
        <HeaderCell className="w-[20%]">Table</HeaderCell>
        <HeaderCell className="w-[38%]">Columns</HeaderCell>
        <HeaderCell>Why not</HeaderCell>
      </TableHead>
      <TableBody>
        {[...groups].map(([key, group]) => (
          <Row key={key}>
            <Cell>
              <span className="block text-ink">{tableWords(group[0]?.table ?? "")}</span>
              <span className="break-all font-mono text-xs text-muted">{group[0]?.table}</span>
            </Cell>
            <Cell className="font-mono text-xs text-muted">{group.map(({ column }) => column).join(", ")}</Cell>
            <Cell className="text-muted">{group[0]?.why}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
