import { formatCount, formatDay, formatMoney, formatPercent } from "@/components/ui/format";
import { Stat } from "@/components/ui/stat";
import type { QueueHeader } from "@/lib/queue/contract";

/** What the list adds up to, and how much of the week's capacity it takes. */
export function QueueTotals({ header }: { header: QueueHeader }) {
  const { run, totals, currency, zone } = header;
  const listed = totals.flagged + totals.watched;
  return (
    <section aria-label="Totals" className="space-y-2">
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label="Flagged"
          value={formatCount(totals.flagged)}
          detail={`probability above ${formatPercent(run.threshold, 0)}`}
        />
        <Stat
          label="Watch"
          value={formatCount(totals.watched)}
          detail={`next by priority, above ${formatPercent(run.floor, 0)}`}
        />
        <Stat
          label="Revenue at risk"
          value={formatMoney(totals.flaggedMrrCents, currency)}
          detail={`a month, flagged · ${formatMoney(totals.watchedMrrCents, currency)} on watch`}
        />
        <Stat
          label="Week's capacity"
          value={
            <>
              {formatCount(listed)}{" "}
              <span className="text-base font-normal text-muted">of {formatCount(run.capacity)}</span>
            </>
          }
          detail={listed > run.capacity ? "more flagged than the team can contact" : "customers listed"}
        />
      </dl>
      {(run.comparedByBridge || run.modelChanged) && (
        <p className="text-sm text-muted">
          {run.comparedByBridge
            ? `Model ${run.modelNumber} is new this week. Changes since ${dayOf(run.previousAsOf, zone)} are told by the model before, so they show the customer, not the model.`
            : `Model ${run.modelNumber} is new this week: changes since ${dayOf(run.previousAsOf, zone)} mix the customer's and the model's.`}
        </p>
      )}
    </section>
  );
}

function dayOf(iso: string | null, zone: string): string {
  return iso === null ? "the week before" : formatDay(iso, zone);
}
