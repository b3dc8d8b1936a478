"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay } from "@/components/ui/format";
import { HeaderCell, Table } from "@/components/ui/table";
import { Tooltip } from "@/components/ui/tooltip";
import { callApi } from "@/lib/http/client";
import { type PublishedRun, type QueuePage, type QueueQuery, queueQueryToAddress } from "@/lib/queue/contract";
import { LoadMore } from "./load-more";
import { QueueListRow } from "./queue-list-row";
import { moveBetweenRows } from "./row-keys";

/** The listed customers, page after page. The first page came with the document. */
export function QueueList({
  query,
  firstPage,
  run,
  currency,
  zone,
}: {
  query: QueueQuery;
  firstPage: QueuePage;
  run: PublishedRun;
  currency: string;
  zone: string;
}) {
  const list = useInfiniteQuery({
    queryKey: ["queue", "page", run.scoringRunId, query],
    queryFn: ({ pageParam, signal }) => {
      const address = new URLSearchParams(queueQueryToAddress(query));
      if (pageParam !== null) address.set("after", pageParam);
      return callApi<QueuePage>(`/api/v1/queue?${address}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    initialData: { pages: [firstPage], pageParams: [null] },
    // The list changes once a week; a page that was read stays as it was read.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = list.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0)
    return (
      <EmptyState
        icon={SearchX}
        title={queueQueryToAddress(query) ? "No listed customer fits" : "Nobody is listed this week"}
      >
        {queueQueryToAddress(query)
          ? "Widen or clear the filters above."
          : "No customer who may be contacted is above the floor of the watch list."}
      </EmptyState>
    );
  const sorted = (by: QueueQuery["sort"]) => (query.sort === by ? ("descending" as const) : undefined);
  const before = run.previousAsOf === null ? "the week before" : formatDay(run.previousAsOf, zone);
  return (
    <div className="space-y-2">
      <Table label="Customers at risk" className="max-md:block">
        <thead className="border-b border-line bg-sunken/60 text-left text-xs text-muted max-md:sr-only">
          <tr>
            <HeaderCell>Customer</HeaderCell>
            <HeaderCell aria-sort={sorted("probability")}>Probability</HeaderCell>
            <HeaderCell>
              <Tooltip text={`Points of probability since ${before}`}>Change</Tooltip>
            </HeaderCell>
            <HeaderCell>Why</HeaderCell>
            <HeaderCell numeric aria-sort={sorted("revenue")}>
              Monthly revenue
            </HeaderCell>
            <HeaderCell numeric aria-sort={sorted("priority")}>
              Priority
            </HeaderCell>
            <HeaderCell>Owner</HeaderCell>
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-md:block" onKeyDown={moveBetweenRows}>
          {rows.map((row) => (
            <QueueListRow key={row.customerId} row={row} threshold={run.threshold} currency={currency} />
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
