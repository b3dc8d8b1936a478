import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { tableWords } from "./table-words";

type Column = { readonly table: string; readonly column: string; readonly why: string };

/** Columns with a reason each: those of one table with one reason together, and one column of several tables too. */
export function GroupedColumnsTable({
  label,
  reason,
  columns,
}: {
  label: string;
  /** head of the column of reasons */
  reason: string;
  columns: readonly Column[];
}) {
  return (
    <Table label={label} className="min-w-[46rem] table-fixed">
      <TableHead>
        <HeaderCell className="w-[34%]">Column</HeaderCell>
        <HeaderCell className="w-[26%]">Of</HeaderCell>
        <HeaderCell>{reason}</HeaderCell>
      </TableHead>
      <TableBody>
        {byReason(columns).map((group) => (
          <Row key={group[0]?.why}>
            <Cell className="font-mono text-xs text-muted">{distinct(group.map(({ column }) => column))}</Cell>
            <Cell className="text-ink">{distinct(group.map(({ table }) => tableWords(table)))}</Cell>
            <Cell className="text-muted">{group[0]?.why}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function byReason(columns: readonly Column[]): Column[][] {
  const groups = new Map<string, Column[]>();
  for (const column of columns) groups.set(column.why, [...(groups.get(column.why) ?? []), column]);
  return [...groups.values()];
}

function distinct(words: readonly string[]): string {
  return [...new Set(words)].join(", ");
}
