"use client";

import { Download } from "lucide-react";
import { useEffect, useRef } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { DefinitionList } from "@/components/ui/definition-list";
import { formatCount, formatInstant } from "@/components/ui/format";
import type { Amount, ErasureReceipt, SubjectView } from "@/lib/privacy/contract";
import { EraseSubject } from "./erase-subject";

/** One contact or customer: who it is, what an erasure replaces and what it leaves, and the two things to do. */
export function SubjectCard({
  view,
  zone,
  receipt,
  onErased,
}: {
  view: SubjectView;
  zone: string;
  /** of the erasure that was done just now */
  receipt: ErasureReceipt | null;
  onErased: (receipt: ErasureReceipt) => void;
}) {
  const card = useRef<HTMLDivElement>(null);
  const { subject, erasedAt } = view;
  useEffect(() => {
    card.current?.scrollIntoView({ block: "nearest" });
  }, []);

  const exportHref = `/api/v1/admin/privacy/export?kind=${subject.kind}&id=${subject.id}`;
  const about = subject.kind === "contact" ? `Contact ${subject.id} at ${view.customerName}` : `Customer ${subject.id}`;
  return (
    <div ref={card}>
      <Card
        title={view.name}
        description={`${about} · id in the source: ${view.sourceId}`}
        actions={
          <div className="flex flex-wrap gap-2">
            <ButtonLink href={exportHref} prefetch={false} download>
              <Download aria-hidden />
              Export as JSON
            </ButtonLink>
            {!erasedAt && <EraseSubject view={view} onErased={onErased} />}
          </div>
        }
      >
        <div className="space-y-5">
          {erasedAt && (
            <Callout tone="good" title={`Erased ${formatInstant(erasedAt, zone)}`}>
              The audit has the entry <span className="font-mono">{subject.kind}.erase</span>, {subject.kind}{" "}
              {subject.id}. Imports do not take it again.
            </Callout>
          )}
          {receipt && receipt.filesWaiting > 0 && (
            <Callout tone="warn" title="Files that were not imported yet">
              {receipt.filesWaiting === 1 ? "One of them holds" : `${formatCount(receipt.filesWaiting)} of them hold`}{" "}
              what was erased. It is not taken from them, and they are removed some days after their import.
            </Callout>
          )}
          {!erasedAt && <DefinitionList items={view.identity.map(({ label, value }) => ({ term: label, value }))} />}
          <SourceIdNote view={view} />
          <div className="grid gap-5 md:grid-cols-2">
            {!erasedAt && (
              <Amounts title="An erasure replaces" amounts={view.replaced}>
                Names, addresses, numbers and other texts, also in messages of jobs. Files put away after their import
                that hold them are removed.
              </Amounts>
            )}
            {receipt?.outcome === "erased" && (
              <Amounts title="What was replaced" amounts={receipt.replaced}>
                The same counts stand in the audit.
              </Amounts>
            )}
            <Amounts title={erasedAt ? "What stayed" : "An erasure keeps"} amounts={view.kept}>
              Ids, times and numbers without a name. Models and past scores stay as they were.
            </Amounts>
          </div>
        </div>
      </Card>
    </div>
  );
}

function SourceIdNote({ view }: { view: SubjectView }) {
  if (view.sourceIdTells === "no") return null;
  return (
    <Callout tone="warn" title="The source's id seems to tell who it is">
      {view.sourceIdTells === "replaced"
        ? "An erasure replaces it too. A digest stays, so that later imports still know it."
        : "It stays, since facts in later files are found by it. Change it in the source to be rid of it."}
    </Callout>
  );
}

function Amounts({ title, amounts, children }: { title: string; amounts: readonly Amount[]; children: string }) {
  return (
    <section className="space-y-1.5">
      <h3 className="text-sm font-semibold">{title}</h3>
      <p className="text-sm text-muted">{children}</p>
      <ul className="text-sm">
        {amounts.map(({ what, count }) => (
          <li key={what} className="flex gap-3 py-0.5">
            <span className="w-10 shrink-0 text-right tabular-nums">{formatCount(count)}</span>
            <span className="min-w-0 text-muted">{what}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
