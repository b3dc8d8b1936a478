import clsx from "clsx";
import { type ContributionBar, contributionBars, probabilityAt } from "@/components/charts/contribution-bars";
import { formatProbability } from "@/components/queue/probability-format";
import type { Contribution } from "@/lib/customers/contract";

/** Parts shown one by one; the rest is added up. */
const PARTS_SHOWN = 9;

/**
 * A waterfall on the axis of log-odds, on which parts add up; the words on the axis are the probabilities that stand
 * there. It is a table in the document: every bar is a row with its part in words.
 */
export function ContributionPlot({
  bias,
  contributions,
  threshold,
}: {
  bias: number;
  contributions: readonly Contribution[];
  threshold: number;
}) {
  const chart = contributionBars({ bias, parts: contributions, most: PARTS_SHOWN });
  const place = (at: number) => ((at - chart.min) / (chart.max - chart.min)) * 100;
  const thresholdAt = Math.log(threshold / (1 - threshold));
  const showsThreshold = thresholdAt > chart.min && thresholdAt < chart.max;
  return (
    <div className="space-y-2">
      <table className="w-full text-sm">
        <caption className="sr-only">
          Parts of the score in log-odds, from the average account to this customer; the parts add up exactly.
        </caption>
        <thead>
          <tr className="text-xs text-faint">
            <th scope="col" className="w-[40%] pb-1 text-left font-normal sm:w-[38%]">
              Probability
            </th>
            <th scope="col" className="relative h-6 pb-1 font-normal">
              <span className="sr-only">Where the bar stands</span>
              {chart.ticks.map((tick) => (
                <span
                  key={tick.probability}
                  aria-hidden
                  className={clsx("absolute bottom-1 -translate-x-1/2 tabular-nums", tick.wide && "max-sm:hidden")}
                  style={{ left: `${place(tick.at)}%` }}
                >
                  {tickWords(tick.probability)}
                </span>
              ))}
            </th>
            <th scope="col" className="w-14 pb-1 text-right font-normal">
              Log-odds
            </th>
          </tr>
        </thead>
        <tbody>
          {chart.bars.map((bar) => (
            <tr key={bar.key} className={bar.kind === "end" ? "border-t border-line-strong" : undefined}>
              <th scope="row" className="py-1 pr-2 text-left align-middle font-normal">
                <span className={clsx("block leading-tight", isEnd(bar) ? "font-medium text-ink" : "text-ink")}>
                  {bar.label}
                </span>
                {bar.value && <span className="block text-xs leading-tight text-faint">{bar.value}</span>}
              </th>
              <td className="relative">
                {chart.ticks.map((tick) => (
                  <span
                    key={tick.probability}
                    aria-hidden
                    className="absolute inset-y-0 w-px bg-line"
                    style={{ left: `${place(tick.at)}%` }}
                  />
                ))}
                {showsThreshold && (
                  <span
                    aria-hidden
                    className="absolute inset-y-0 border-l border-dashed border-muted"
                    style={{ left: `${place(thresholdAt)}%` }}
                  />
                )}
                <BarMark bar={bar} place={place} />
              </td>
              <td className="py-1 pl-2 text-right align-middle tabular-nums">
                {isEnd(bar) ? (
                  <span className="font-medium">{formatProbability(probabilityAt(bar.to))}</span>
                ) : (
                  signed(bar.logOdds)
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-sm bg-raises" /> raises the probability
        </span>
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-sm bg-lowers" /> lowers it
        </span>
        {showsThreshold && (
          <span className="inline-flex items-center gap-1.5">
            <span aria-hidden className="h-3 border-l border-dashed border-muted" /> flagged above{" "}
            {formatProbability(threshold)}
          </span>
        )}
      </p>
    </div>
  );
}

function BarMark({ bar, place }: { bar: ContributionBar; place: (at: number) => number }) {
  if (isEnd(bar))
    return (
      <span
        aria-hidden
        className="absolute top-1/2 size-2.5 -translate-x-1/2 -translate-y-1/2 rounded-full bg-ink"
        style={{ left: `${place(bar.to)}%` }}
      />
    );
  const left = place(Math.min(bar.from, bar.to));
  const width = Math.abs(place(bar.to) - place(bar.from));
  return (
    <span
      aria-hidden
      className={clsx(
        "absolute top-1/2 h-3.5 min-w-0.5 -translate-y-1/2 rounded-sm",
        bar.logOdds >= 0 ? "bg-raises" : "bg-lowers",
        bar.kind === "others" && "opacity-60",
      )}
      style={{ left: `${left}%`, width: `${width}%` }}
    />
  );
}

function isEnd(bar: ContributionBar): boolean {
  return bar.kind === "start" || bar.kind === "end";
}

function signed(logOdds: number): string {
  const text = Math.abs(logOdds).toFixed(2);
  return logOdds < 0 ? `−${text}` : `+${text}`;
}

function tickWords(probability: number): string {
  return `${Number((probability * 100).toFixed(1))}%`;
}
