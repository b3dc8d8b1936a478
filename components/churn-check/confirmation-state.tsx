import { Callout } from "@/components/ui/callout";
import { formatInstant, formatPercent } from "@/components/ui/format";
import type { ChurnCheck } from "@/lib/churn-check/contract";

/** Whether the months are confirmed, by whom and against what; or what stands in the way. */
export function ConfirmationState({ check, isDemo }: { check: ChurnCheck; isDemo: boolean }) {
  const { survivorship, confirmation, zone } = check;
  if (isDemo) return <Callout>Demo data: there is nothing to confirm, and training does not wait for it.</Callout>;
  if (survivorship)
    return (
      <Callout tone="danger" title="Nobody who left is in the data: no model can be trained on it">
        {survivorship.says}
      </Callout>
    );
  if (!confirmation)
    return (
      <Callout tone="warn" title="Not confirmed yet">
        No model is trained before an administrator has compared these months with what the business knows.
      </Callout>
    );
  const { financeRate, note } = confirmation;
  const words = [
    `${confirmation.confirmedBy} confirmed them on ${formatInstant(confirmation.confirmedAt, zone)}`,
    financeRate === null
      ? " without a figure from finance."
      : `; finance reports ${formatPercent(financeRate, 1)} a month.`,
    note && ` “${note}”`,
  ].join("");
  if (confirmation.state === "stands")
    return (
      <Callout tone="good" title="Confirmed">
        {words}
      </Callout>
    );
  return (
    <Callout tone="warn" title="The confirmation does not hold any more">
      {confirmation.because} {words} No model is trained before it is confirmed again.
    </Callout>
  );
}
