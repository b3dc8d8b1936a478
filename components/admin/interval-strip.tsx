import type { IntervalEstimateView } from "@/lib/model-registry/contract";
import { formatInterval, formatMetric } from "./metric-format";

const WIDTH = 160;
const HEIGHT = 16;
const x = (value: number) => Math.min(1, Math.max(0, value)) * (WIDTH - 4) + 2;

/** A metric on a line from 0 to 1: its 95% interval as a bar, the estimate as a dot, the target as a tick. */
export function IntervalStrip({ result, target }: { result: IntervalEstimateView; target: number }) {
  const name = `${formatInterval(result)}, target ${formatMetric(target)}`;
  const middle = HEIGHT / 2;
  return (
    <svg role="img" aria-label={name} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-4 w-40">
      <line x1={2} x2={WIDTH - 2} y1={middle} y2={middle} className="stroke-line-strong" />
      {result.status === "ok" && (
        <line
          x1={x(result.low)}
          x2={x(result.high)}
          y1={middle}
          y2={middle}
          strokeWidth={5}
          className="stroke-accent/45"
          strokeLinecap="round"
        />
      )}
      {result.status !== "undefined" && <circle cx={x(result.estimate)} cy={middle} r={3.5} className="fill-accent" />}
      <line x1={x(target)} x2={x(target)} y1={2} y2={HEIGHT - 2} strokeWidth={2} className="stroke-warn-text" />
    </svg>
  );
}
