import type { LearningCurve } from "@/lib/training/contract";
import { learningCurveShape } from "./learning-curve-shape";

const WIDTH = 400;
const HEIGHT = 190;
const BOX = { left: 48, right: WIDTH - 12, top: 12, bottom: HEIGHT - 28 };

/** Log loss by round on training and early-stopping weeks; the dot is the round that was kept. */
export function LearningCurveChart({ curve }: { curve: LearningCurve }) {
  const shape = learningCurveShape(curve, BOX);
  const summary = `Log loss over ${curve.validation.length} rounds; round ${curve.bestRound + 1} was kept, with ${
    curve.validation[curve.bestRound]?.toFixed(4) ?? "no value"
  } on the early-stopping weeks.`;
  return (
    <figure className="space-y-2">
      <svg role="img" aria-label={summary} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="w-full max-w-[30rem]">
        {shape.yTicks.map((tick) => (
          <g key={tick.label}>
            <line x1={BOX.left} x2={BOX.right} y1={tick.y} y2={tick.y} className="stroke-line" />
            <text x={BOX.left - 8} y={tick.y + 4} textAnchor="end" className="fill-faint text-[12px]">
              {tick.label}
            </text>
          </g>
        ))}
        {shape.xTicks.map((tick) => (
          <text key={tick.label} x={tick.x} y={HEIGHT - 8} textAnchor="middle" className="fill-faint text-[12px]">
            {tick.label}
          </text>
        ))}
        <path d={shape.train} fill="none" strokeWidth={1.5} strokeDasharray="4 3" className="stroke-chart-6" />
        <path d={shape.validation} fill="none" strokeWidth={2} className="stroke-chart-1" />
        {shape.best && <circle cx={shape.best.x} cy={shape.best.y} r={4} className="fill-chart-1" />}
      </svg>
      <figcaption className="flex flex-wrap gap-x-4 text-xs text-muted">
        <span>
          <span aria-hidden className="mr-1.5 inline-block h-0.5 w-4 bg-chart-1 align-middle" />
          early-stopping weeks
        </span>
        <span>
          <span aria-hidden className="mr-1.5 inline-block w-4 border-t-2 border-dashed border-chart-6 align-middle" />
          training weeks
        </span>
        <span>{summary}</span>
      </figcaption>
    </figure>
  );
}
