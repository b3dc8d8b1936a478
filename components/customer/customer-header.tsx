import { ChangeFigure } from "@/components/queue/change-figure";
import { ListingBadge } from "@/components/queue/listing-badge";
import { formatProbability } from "@/components/queue/probability-format";
import { Badge } from "@/components/ui/badge";
import { formatCount, formatMoney, formatPercent } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { Stat } from "@/components/ui/stat";
import type { CustomerPage } from "@/lib/customers/contract";
import { BAND_LABELS } from "@/lib/queue/contract";
import { dateWords, spanWords } from "./date-words";

const COVERAGE_WORDS = { paid: null, trial: "Trial", ended: "No longer a customer", never: "Never paid" } as const;
const NO_SCORE_WORDS = {
  unlisted: "not listed",
  leaving: "leaving",
  not_paying: "none",
  not_scored: "not scored",
  nothing_published: "none yet",
} as const;

/** Who the customer is, in one look. */
export function CustomerHeader({ page }: { page: CustomerPage }) {
  const { head, prediction, currency, zone, run } = page;
  const score = prediction.state === "shown" ? prediction.prediction : null;
  const about = [head.plan, wordsOf(head.segment), head.industry, head.country].filter(Boolean).join(" · ");
  const coverage = COVERAGE_WORDS[head.coverage];
  return (
    <>
      <PageHeader
        back={
          prediction.state === "leaving"
            ? { href: "/leaving", label: "Leaving" }
            : { href: "/queue", label: "Risk queue" }
        }
        title={
          <span className="flex flex-wrap items-center gap-2">
            {head.name}
            {score && <ListingBadge listing={score.listing} />}
            {prediction.state === "leaving" && <Badge tone="warn">Leaving</Badge>}
            {coverage && <Badge>{coverage}</Badge>}
          </span>
        }
        description={[about, `owner: ${head.owner?.name ?? "nobody"}`].filter(Boolean).join(" · ")}
      />
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label="Probability of leaving"
          value={
            score ? (
              <span className="inline-flex items-baseline gap-3">
                {formatProbability(score.probability)}
                <span className="text-sm font-normal">
                  <ChangeFigure change={score.change} />
                </span>
              </span>
            ) : (
              <span className="text-base font-medium text-muted">
                {prediction.state === "shown" ? "" : NO_SCORE_WORDS[prediction.state]}
              </span>
            )
          }
          detail={
            score && run
              ? `within 30 days · band ${BAND_LABELS[score.band]} · flagged above ${formatPercent(run.threshold, 0)}`
              : "see below why"
          }
        />
        <Stat
          label="Monthly revenue"
          value={formatMoney(head.mrrCents, currency)}
          detail={head.coverage === "trial" ? "a trial pays nothing" : `customer no. ${head.customerId}`}
        />
        <Stat
          label="Seats in use"
          value={
            head.seats === null ? (
              <span className="text-base font-medium text-muted">no paid seats</span>
            ) : (
              <>
                {head.seatsUsed === null ? "?" : formatCount(head.seatsUsed)}{" "}
                <span className="text-base font-normal text-muted">of {formatCount(head.seats)}</span>
              </>
            )
          }
          detail={
            head.seats !== null && (head.seatsUsed === null ? "no usage data" : "most people on one day of the last 28")
          }
        />
        <Stat
          label={head.endedAt ? "Left" : "Tenure"}
          value={
            head.endedAt
              ? dateWords(head.endedAt, zone)
              : head.paidSince
                ? spanWords(head.paidSince, page.now)
                : "not paying"
          }
          detail={`signed up ${dateWords(head.signedUpAt, zone)}`}
        />
      </dl>
    </>
  );
}

/** A source's own short word, without its underscores. */
export function wordsOf(word: string | null): string | null {
  return word === null ? null : word.replaceAll("_", " ");
}
