import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { ColumnUse } from "@/lib/features/contract";
import { tableWords } from "./table-words";

/** More than these are folded away. */
const FEATURES_SHOWN = 6;

/** Columns that features are made from, with those features. */
export function FedColumnsTable({ columns }: { columns: ColumnUse["fed"] }) {
  return (
    <Table label="Columns that features are made from" className="min-w-[40rem] table-fixed">
      <TableHead>
        <HeaderCell className="w-[30%]">Column</HeaderCell>
        <HeaderCell>Features made from it</HeaderCell>
      </TableHead>
      <TableBody>
        {columns.map(({ table, column, features }) => (
          <Row key={`${table}.${column}`}>
            <Cell>
              <span className="text-ink">{tableWords(table)}</span>{" "}
              <span className="break-all font-mono text-xs text-muted">{column}</span>
            </Cell>
            <Cell className="text-muted">
              <Features labels={features} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Features({ labels }: { labels: readonly string[] }) {
  if (labels.length <= FEATURES_SHOWN) return labels.join(" · ");
  return (
    <details>
      <summary className="cursor-pointer">
        {labels.slice(0, FEATURES_SHOWN).join(" · ")}
        <span className="text-accent-text"> and {labels.length - FEATURES_SHOWN} more</span>
      </summary>
      {labels.slice(FEATURES_SHOWN).join(" · ")}
    </details>
  );
}
