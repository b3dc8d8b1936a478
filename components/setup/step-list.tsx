import clsx from "clsx";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import type { SetUpStep, SetUpStepId } from "@/lib/setup/contract";
import { LINK_LABELS, STATE_BADGES, STEP_TITLES } from "./step-words";

/** The steps in order: what is so, and the way to where each is done. `below` stands under a step's words. */
export function StepList({
  steps,
  next,
  below,
}: {
  steps: readonly SetUpStep[];
  next: SetUpStepId | null;
  below: Partial<Record<SetUpStepId, ReactNode>>;
}) {
  return (
    <ol className="space-y-3">
      {steps.map((step, index) => (
        <Step key={step.id} step={step} number={index + 1} isNext={step.id === next}>
          {below[step.id]}
        </Step>
      ))}
    </ol>
  );
}

function Step({
  step,
  number,
  isNext,
  children,
}: {
  step: SetUpStep;
  number: number;
  isNext: boolean;
  children?: ReactNode;
}) {
  const badge = isNext && step.state === "open" ? { label: "Next", tone: "accent" as const } : STATE_BADGES[step.state];
  return (
    <li
      aria-current={isNext ? "step" : undefined}
      className={clsx("rounded-lg border bg-surface p-4", isNext ? "border-accent" : "border-line")}
    >
      <div className="flex gap-3">
        <span
          aria-hidden
          className={clsx(
            "grid size-6 shrink-0 place-items-center rounded-full text-xs font-semibold tabular-nums",
            step.state === "done" ? "bg-good-soft text-good-text" : "bg-sunken text-muted",
          )}
        >
          {step.state === "done" ? <Check className="size-3.5" /> : number}
        </span>
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h2 className="text-base font-semibold text-ink">{STEP_TITLES[step.id]}</h2>
            <Badge tone={badge.tone}>{badge.label}</Badge>
            {step.optional && step.state !== "done" && (
              <span className="text-xs text-muted">Can be done at any time</span>
            )}
          </div>
          <p className="mt-1 max-w-prose break-words text-sm text-muted">{step.says}</p>
          {children}
          {step.href && step.state !== "waiting" && !children && (
            <div className="mt-3 flex flex-wrap gap-2">
              <ButtonLink href={step.href} size="sm" look={isNext ? "primary" : "secondary"}>
                {LINK_LABELS[step.href]}
              </ButtonLink>
              {step.also.map((href) => (
                <ButtonLink key={href} href={href} size="sm">
                  {LINK_LABELS[href]}
                </ButtonLink>
              ))}
            </div>
          )}
        </div>
      </div>
    </li>
  );
}
