import type { Proportion } from "@/lib/retention/contract";

/** A share and its interval on a line from 0 to 1; the words beside it say the same. */
export function IntervalMark({ proportion, target }: { proportion: Proportion; target?: number | undefined }) {
  const { share, low, high } = proportion;
  return (
    <span aria-hidden className="relative my-1 block h-1.5 w-32 rounded-full bg-sunken">
      <span
        className="absolute inset-y-0 rounded-full bg-chart-1 opacity-40"
        style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }}
      />
      <span
        className="absolute top-1/2 size-2 -translate-x-1/2 -translate-y-1/2 rounded-full bg-chart-1"
        style={{ left: `${share * 100}%` }}
      />
      {target !== undefined && (
        <span className="absolute -inset-y-0.5 w-0.5 bg-ink" style={{ left: `${target * 100}%` }} />
      )}
    </span>
  );
}
