"use client";

import { Search, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import {
  BAND_LABELS,
  DEFAULT_QUEUE_QUERY,
  QUEUE_BANDS,
  type QueueHeader,
  type QueueQuery,
  queueQueryToAddress,
} from "@/lib/queue/contract";

/** Time without a key press after which a search is sent. */
const TYPING_PAUSE_MS = 300;

/** Narrows and orders the queue; all of it stands in the address. */
export function QueueFilters({
  query,
  header,
  ownsCustomers,
}: {
  query: QueueQuery;
  header: QueueHeader;
  ownsCustomers: boolean;
}) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [text, setText] = useState(query.q);

  // What was asked for last, which the address may not show yet: a change must not undo one that is still under way.
  const wanted = useRef(query);
  const typing = useRef<ReturnType<typeof setTimeout>>(undefined);

  function go(change: Partial<QueueQuery>) {
    clearTimeout(typing.current);
    wanted.current = { ...wanted.current, ...change };
    const address = queueQueryToAddress(wanted.current);
    startTransition(() => router.replace(address ? `/queue?${address}` : "/queue", { scroll: false }));
  }

  function search(typed: string) {
    setText(typed);
    clearTimeout(typing.current);
    typing.current = setTimeout(() => go({ q: typed.trim() }), TYPING_PAUSE_MS);
  }

  useEffect(() => {
    wanted.current = query;
  }, [query]);
  useEffect(() => () => clearTimeout(typing.current), []);

  const filtered = queueQueryToAddress({ ...query, sort: "priority" }) !== "";
  return (
    <search className="flex flex-wrap items-end gap-2" aria-busy={pending}>
      <div className="relative w-full sm:w-56">
        <Search
          aria-hidden
          className="pointer-events-none absolute left-2.5 top-1/2 size-4 -translate-y-1/2 text-faint"
        />
        <Input
          type="search"
          aria-label="Search by customer name"
          placeholder="Customer name"
          className="pl-8"
          value={text}
          maxLength={100}
          onChange={(event) => search(event.target.value)}
        />
      </div>
      <Filter label="Owner" value={query.owner} onChange={(owner) => go({ owner })}>
        <option value="all">Every owner</option>
        {ownsCustomers && <option value="me">Mine</option>}
        <option value="none">Nobody's</option>
        {header.owners.map((owner) => (
          <option key={owner.id} value={String(owner.id)}>
            {owner.name}
          </option>
        ))}
      </Filter>
      <Filter
        label="Listing"
        value={query.listing}
        onChange={(listing) => go({ listing: listing as QueueQuery["listing"] })}
      >
        <option value="listed">Whole list</option>
        <option value="flagged">Flagged</option>
        <option value="watch">Watch</option>
      </Filter>
      <Filter label="Probability" value={query.band} onChange={(band) => go({ band: band as QueueQuery["band"] })}>
        {QUEUE_BANDS.map((band) => (
          <option key={band} value={band}>
            {band === "any" ? "Any probability" : BAND_LABELS[band]}
          </option>
        ))}
      </Filter>
      {header.groups.length > 1 && (
        <Filter label="Plan and size" value={query.group} onChange={(group) => go({ group })}>
          <option value="">Every plan</option>
          {header.groups.map((group) => (
            <option key={group.key} value={group.key}>
              {group.words}
            </option>
          ))}
        </Filter>
      )}
      {header.segments.length > 1 && (
        <Filter label="Segment" value={query.segment} onChange={(segment) => go({ segment })}>
          <option value="">Every segment</option>
          {header.segments.map((segment) => (
            <option key={segment} value={segment}>
              {segment.replaceAll("_", " ")}
            </option>
          ))}
        </Filter>
      )}
      <Filter label="Order" value={query.sort} onChange={(sort) => go({ sort: sort as QueueQuery["sort"] })}>
        <option value="priority">By priority</option>
        <option value="probability">By probability</option>
        <option value="revenue">By revenue</option>
      </Filter>
      {filtered && (
        <Button
          look="quiet"
          onClick={() => {
            setText("");
            go({ ...DEFAULT_QUEUE_QUERY, sort: query.sort });
          }}
        >
          <X aria-hidden />
          Clear
        </Button>
      )}
    </search>
  );
}

function Filter({
  label,
  value,
  onChange,
  children,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}) {
  return (
    <Select
      aria-label={label}
      className="max-sm:w-[calc(50%-0.25rem)] sm:w-auto sm:max-w-40"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {children}
    </Select>
  );
}
