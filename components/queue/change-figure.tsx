import clsx from "clsx";
import { TrendingDown, TrendingUp } from "lucide-react";
import { formatPoints } from "./probability-format";

/** How a probability moved since the week before, in points. */
export function ChangeFigure({ change }: { change: number | null }) {
  if (change === null)
    return (
      <span className="text-faint">
        <span aria-hidden>new</span>
        <span className="sr-only">not scored the week before</span>
      </span>
    );
  const points = Math.round(change * 100);
  const Icon = points > 0 ? TrendingUp : TrendingDown;
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-1 tabular-nums",
        points > 0 ? "text-raises" : points < 0 ? "text-lowers" : "text-faint",
      )}
    >
      {points !== 0 && <Icon aria-hidden className="size-3.5" />}
      {formatPoints(change)}
      <span className="sr-only"> points</span>
    </span>
  );
}
