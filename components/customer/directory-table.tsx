import { SearchX } from "lucide-react";
import Link from "next/link";
import { ListingBadge } from "@/components/queue/listing-badge";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { formatMoney } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { DirectoryPage, DirectoryRow } from "@/lib/customers/contract";
import { wordsOf } from "./customer-header";

/** One page of all customers. */
export function DirectoryTable({ page, searched }: { page: DirectoryPage; searched: boolean }) {
  if (page.rows.length === 0)
    return (
      <EmptyState icon={SearchX} title={searched ? "No customer has such a name" : "There are no customers yet"}>
        {searched ? "A part of the name is enough." : "They appear here after the first import."}
      </EmptyState>
    );
  return (
    <Table label="All customers by name">
      <TableHead>
        <HeaderCell>Customer</HeaderCell>
        <HeaderCell>This week</HeaderCell>
        <HeaderCell>Plan</HeaderCell>
        <HeaderCell numeric>Monthly revenue</HeaderCell>
        <HeaderCell>Segment</HeaderCell>
        <HeaderCell>Owner</HeaderCell>
      </TableHead>
      <TableBody>
        {page.rows.map((row) => (
          <Row key={row.customerId}>
            <Cell>
              <Link
                href={`/customers/${row.customerId}`}
                prefetch={false}
                className="font-medium text-ink hover:underline"
              >
                {row.name}
              </Link>
            </Cell>
            <Cell>
              <StandingWords row={row} />
            </Cell>
            <Cell>{row.plan ?? <span className="text-faint">none</span>}</Cell>
            <Cell numeric>{formatMoney(row.mrrCents, page.currency)}</Cell>
            <Cell>{wordsOf(row.segment) ?? <span className="text-faint">none</span>}</Cell>
            <Cell className="whitespace-nowrap">{row.owner?.name ?? <span className="text-faint">Nobody</span>}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function StandingWords({ row }: { row: DirectoryRow }) {
  if (row.standing === "flagged" || row.standing === "watch") return <ListingBadge listing={row.standing} />;
  if (row.standing === "leaving") return <Badge tone="warn">Leaving</Badge>;
  if (row.standing === "unlisted") return <span className="text-muted">Not listed</span>;
  const words = { paid: "Not scored", trial: "Trial", none: "Not a customer now" }[row.coverage];
  return <span className="text-faint">{words}</span>;
}
