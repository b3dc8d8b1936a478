import clsx from "clsx";
import type { Listing } from "@/lib/scoring/contract";
import { formatProbability } from "./probability-format";

/** A probability as figure and bar, with the threshold marked on the bar. */
export function ProbabilityFigure({
  probability,
  threshold,
  listing,
}: {
  probability: number;
  threshold: number;
  listing: Listing;
}) {
  return (
    <div className="inline-flex items-center gap-2">
      <span className="w-10 text-right font-medium tabular-nums text-ink">{formatProbability(probability)}</span>
      <span aria-hidden className="relative h-1.5 w-16 overflow-hidden rounded-full bg-sunken">
        <span
          className={clsx("absolute inset-y-0 left-0 rounded-full", listing === "flagged" ? "bg-danger" : "bg-chart-1")}
          style={{ width: `${probability * 100}%` }}
        />
        <span className="absolute inset-y-0 w-px bg-ink" style={{ left: `${threshold * 100}%` }} />
      </span>
    </div>
  );
}
