import type { LearningCurve } from "@/lib/training/contract";

export type CurveShape = {
  /** SVG path data in the given box; empty where a series has no finite value. */
  train: string;
  validation: string;
  best: { x: number; y: number } | null;
  yTicks: { y: number; label: string }[];
  xTicks: { x: number; label: string }[];
};

/**
 * Places log loss by round in a box: round 1 at the left edge, the lowest loss at the bottom. Pure; decides all that the
 * drawing shows.
 */
export function learningCurveShape(
  curve: LearningCurve,
  box: { left: number; right: number; top: number; bottom: number },
): CurveShape {
  const losses = [...curve.train, ...curve.validation].filter(Number.isFinite);
  const rounds = Math.max(curve.train.length, curve.validation.length);
  if (losses.length === 0 || rounds === 0) return { train: "", validation: "", best: null, yTicks: [], xTicks: [] };
  const low = Math.min(...losses);
  const high = Math.max(...losses);
  const span = high - low || 1;
  const x = (round: number) => box.left + (rounds === 1 ? 0 : (round / (rounds - 1)) * (box.right - box.left));
  const y = (loss: number) => box.bottom - ((loss - low) / span) * (box.bottom - box.top);
  const best = curve.validation[curve.bestRound];
  return {
    train: pathOf(curve.train, x, y),
    validation: pathOf(curve.validation, x, y),
    best: best !== undefined && Number.isFinite(best) ? { x: x(curve.bestRound), y: y(best) } : null,
    yTicks: [low, low + span / 2, low + span].map((loss) => ({ y: y(loss), label: loss.toFixed(3) })),
    xTicks: [...new Set([0, Math.floor((rounds - 1) / 2), rounds - 1])].map((round) => ({
      x: x(round),
      label: String(round + 1),
    })),
  };
}

function pathOf(series: readonly number[], x: (round: number) => number, y: (loss: number) => number): string {
  let path = "";
  let pen = "M";
  for (const [round, loss] of series.entries()) {
    if (!Number.isFinite(loss)) {
      pen = "M";
      continue;
    }
    path += `${pen}${x(round).toFixed(1)} ${y(loss).toFixed(1)}`;
    pen = "L";
  }
  return path;
}
