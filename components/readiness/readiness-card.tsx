import clsx from "clsx";
import { Check, CircleHelp, Minus, X } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { CHECK_TITLES, isFailed, type Readiness, type ReadinessCheck } from "@/lib/readiness/contract";

const STATES = {
  passed: { icon: Check, word: "passed", look: "text-good-text" },
  failed: { icon: X, word: "failed", look: "text-danger-text" },
  unknown: { icon: CircleHelp, word: "not known yet", look: "text-faint" },
  skipped: { icon: Minus, word: "not asked", look: "text-faint" },
} as const satisfies Record<ReadinessCheck["state"], unknown>;

/** Whether the data can carry a model: the verdict, and what it rests on, each with its counts. */
export function ReadinessCard({ readiness }: { readiness: Readiness }) {
  return (
    <Card
      title="Enough for a model?"
      description="The first point that fails decides. Nothing is trained on data that cannot carry a model."
      actions={<Badge tone={toneOf(readiness)}>{readiness.title}</Badge>}
    >
      <ol className="divide-y divide-line">
        {readiness.checks.map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
      </ol>
    </Card>
  );
}

function CheckRow({ check }: { check: ReadinessCheck }) {
  const { icon: Icon, word, look } = STATES[check.state];
  return (
    <li className="flex gap-2.5 py-2 text-sm first:pt-0 last:pb-0">
      <Icon aria-hidden className={clsx("mt-0.5 size-4 shrink-0", look)} strokeWidth={2} />
      <div className="min-w-0 max-w-prose">
        <p className="font-medium text-ink">
          {CHECK_TITLES[check.id]}
          <span className={clsx("font-normal", check.state === "failed" ? "text-danger-text" : "text-faint")}>
            {" "}
            · {word}
          </span>
        </p>
        <p className="text-muted">{check.says}</p>
        {check.helps && <p className="text-muted">What would help: {check.helps}</p>}
      </div>
    </li>
  );
}

function toneOf({ state }: Readiness): Tone {
  if (isFailed(state)) return state === "churn_not_confirmed" || state === "no_data" ? "warn" : "danger";
  return state === "usable" ? "good" : "accent";
}
