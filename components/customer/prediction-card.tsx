import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { formatDay, formatPercent } from "@/components/ui/format";
import type { CustomerPage } from "@/lib/customers/contract";
import { ContributionPlot } from "./contribution-plot";
import { dateWords } from "./date-words";
import { ReasonList } from "./reason-list";

/** Why the score is what it is, or why there is none. */
export function PredictionCard({ page }: { page: CustomerPage }) {
  const { prediction, run, zone } = page;
  if (prediction.state !== "shown" || !run)
    return (
      <Card title="Prediction">
        <NoPrediction page={page} />
      </Card>
    );
  const { bias, contributions } = prediction.prediction;
  return (
    <div className="grid gap-4 xl:grid-cols-2">
      <Card
        title="What makes up the score"
        description={`From the average account to this customer, as of ${formatDay(run.asOf, zone)} by model ${run.modelNumber}.`}
      >
        <ContributionPlot bias={bias} contributions={contributions} threshold={run.threshold} />
      </Card>
      <Card
        title="The strongest reasons"
        description={
          <>
            Each with its value, its own last half year, and what is typical for customers of the same plan and size.
            Names, people and texts have no part in it:{" "}
            <Link href="/prediction-data" className="text-accent-text underline">
              what predictions read
            </Link>
            .
          </>
        }
      >
        <ReasonList contributions={contributions} peerGroup={prediction.prediction.peerGroup} zone={zone} />
      </Card>
    </div>
  );
}

function NoPrediction({ page }: { page: CustomerPage }) {
  const { prediction, run, zone } = page;
  const asOf = run ? formatDay(run.asOf, zone) : "";
  switch (prediction.state) {
    case "leaving":
      return (
        <Callout tone="warn" title="This customer is leaving, so no prediction is made">
          Notice was given on {dateWords(prediction.noticeAt, zone)}
          {prediction.effectiveAt
            ? `, coverage ends on ${dateWords(prediction.effectiveAt, zone)}.`
            : "; when coverage ends was not said."}{" "}
          A probability of what is already known would only come too late. If the notice is withdrawn, the customer is
          scored again the week after.
        </Callout>
      );
    case "unlisted":
      return (
        <Callout title="Not on this week's list">
          Scores are shown for listed customers only
          {run &&
            `: those above ${formatPercent(run.threshold, 0)}, and the next by priority up to the week's capacity`}
          .
        </Callout>
      );
    case "not_scored":
      return (
        <Callout title={`Not scored on ${asOf}`}>
          The customer pays now, but on that day was not paying yet, was in a trial, or had too little history for the
          longest window the model looks at.
        </Callout>
      );
    case "not_paying":
      return (
        <Callout title={`No prediction: no paid coverage on ${asOf}`}>
          Only paying customers are scored. Trials and former customers are not.
        </Callout>
      );
    default:
      return <Callout title="No scores have been published yet">They appear after the first week is scored.</Callout>;
  }
}
