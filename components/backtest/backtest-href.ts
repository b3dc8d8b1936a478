import type { Backtest } from "@/lib/backtest/contract";

/** The address of another week or list of the backtest that is shown. */
export function backtestHref(backtest: Backtest, to: { week?: string; show?: string; after?: string }): string {
  const { day, show } = backtest.shown;
  const query = new URLSearchParams({
    run: String(backtest.runId),
    week: to.week ?? day,
    show: to.show ?? show,
    ...(to.after ? { after: to.after } : {}),
  });
  return `/backtest?${query}`;
}
