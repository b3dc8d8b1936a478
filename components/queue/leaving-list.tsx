"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { DoorOpen } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay, formatMoney } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { callApi } from "@/lib/http/client";
import type { LeavingPage } from "@/lib/queue/contract";
import { LoadMore } from "./load-more";
import { moveBetweenRows } from "./row-keys";

/** Customers who have given notice, page after page. */
export function LeavingList({
  owner,
  q,
  firstPage,
  currency,
  zone,
}: {
  owner: string;
  q: string;
  firstPage: LeavingPage;
  currency: string;
  zone: string;
}) {
  const list = useInfiniteQuery({
    queryKey: ["queue", "leaving", owner, q, firstPage.next],
    queryFn: ({ pageParam, signal }) => {
      const address = new URLSearchParams({ owner, q, ...(pageParam !== null && { after: pageParam }) });
      return callApi<LeavingPage>(`/api/v1/queue/leaving?${address}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    initialData: { pages: [firstPage], pageParams: [null] },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = list.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0)
    return (
      <EmptyState icon={DoorOpen} title={q || owner !== "all" ? "No leaving customer fits" : "Nobody has given notice"}>
        {q || owner !== "all" ? "Widen the search above." : "Customers appear here once a notice is in the data."}
      </EmptyState>
    );
  return (
    <div className="space-y-2">
      <Table label="Customers who have given notice">
        <TableHead>
          <HeaderCell>Customer</HeaderCell>
          <HeaderCell>Notice given</HeaderCell>
          <HeaderCell>Coverage ends</HeaderCell>
          <HeaderCell numeric>Monthly revenue</HeaderCell>
          <HeaderCell>Owner</HeaderCell>
        </TableHead>
        <tbody className="divide-y divide-line" onKeyDown={moveBetweenRows}>
          {rows.map((row) => (
            <Row key={row.customerId}>
              <Cell>
                <Link
                  href={`/customers/${row.customerId}`}
                  prefetch={false}
                  data-row-link
                  className="font-medium text-ink hover:underline"
                >
                  {row.name}
                </Link>
              </Cell>
              <Cell className="whitespace-nowrap">{formatDay(row.noticeAt, zone)}</Cell>
              <Cell className="whitespace-nowrap">
                {row.effectiveAt ? formatDay(row.effectiveAt, zone) : <span className="text-faint">not said</span>}
              </Cell>
              <Cell numeric>{formatMoney(row.mrrCents, currency)}</Cell>
              <Cell className="whitespace-nowrap">{row.owner?.name ?? <span className="text-faint">Nobody</span>}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <LoadMore
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        error={list.error}
        onLoad={() => list.fetchNextPage()}
        shown={rows.length}
      />
    </div>
  );
}
