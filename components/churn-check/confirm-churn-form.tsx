"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { formatPercent } from "@/components/ui/format";
import { Input, Textarea } from "@/components/ui/input";
import { type ChurnCheck, type ConfirmChurn, NOTE_LENGTH_MIN } from "@/lib/churn-check/contract";
import { ApiError, callApi } from "@/lib/http/client";
import { compareWords, readPercent } from "./finance-figure";

/** Finance's figure beside the data's, and the confirmation. What is sent holds the months as they are shown here. */
export function ConfirmChurnForm({ check }: { check: ChurnCheck }) {
  const [figure, setFigure] = useState("");
  const [note, setNote] = useState("");
  const router = useRouter();
  const confirm = useMutation({
    mutationFn: (body: ConfirmChurn) => callApi("/api/v1/admin/churn-check", { body }),
    onSuccess: () => router.refresh(),
    // The months are others by now: show them.
    onError: (error) => error instanceof ApiError && error.code === "conflict" && router.refresh(),
  });
  const rate = readPercent(figure);
  const comparison = compareWords(rate, check.average.churn);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (rate === "not_a_percentage") return;
    confirm.mutate({
      labelRuleId: check.rule.id,
      months: check.months.map(({ month, atStart, departures }) => ({ month, atStart, departures })),
      financeRate: rate,
      note: note.trim() === "" ? null : note.trim(),
    });
  }

  const { churn } = check.average;
  return (
    <Card
      title="Is this your churn?"
      description="Compare with what finance reports before a model learns from it: a wrong count here is a wrong model later."
    >
      <form method="post" onSubmit={submit} className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <div>
            <p className="text-sm font-medium text-ink">Monthly churn in the data</p>
            <p className="text-xl font-semibold tabular-nums text-ink">
              {churn.state === "measured" ? formatPercent(churn.proportion.share, 1) : "too few to say"}
            </p>
            {churn.state === "measured" && (
              <p className="text-xs text-faint">
                {formatPercent(churn.proportion.low, 1)} to {formatPercent(churn.proportion.high, 1)}, average of the
                last {check.average.months} final months
              </p>
            )}
          </div>
          <Field
            id="finance-rate"
            label="Monthly churn that finance reports, in %"
            hint="Of customers, not of revenue, over the same months."
            error={rate === "not_a_percentage" ? "Expected a percentage from 0 to 100, such as 2.4" : null}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                autoComplete="off"
                className="max-w-40"
                value={figure}
                onChange={(event) => setFigure(event.target.value)}
              />
            )}
          </Field>
        </div>
        <p aria-live="polite" className="text-sm text-muted">
          {comparison.says}
        </p>
        <Field
          id="confirmation-note"
          label={comparison.noteNeeded ? "Note" : "Note, if there is something to say"}
          hint={comparison.noteNeeded ? `At least ${NOTE_LENGTH_MIN} characters.` : undefined}
        >
          {(control) => (
            <Textarea
              {...control}
              className="min-h-16"
              required={comparison.noteNeeded}
              minLength={NOTE_LENGTH_MIN}
              maxLength={1000}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        {confirm.isError && (
          <div role="alert">
            <Callout tone="danger">{confirm.error.message}</Callout>
          </div>
        )}
        <Button type="submit" look="primary" busy={confirm.isPending}>
          Confirm these {check.months.length} months
        </Button>
      </form>
    </Card>
  );
}
