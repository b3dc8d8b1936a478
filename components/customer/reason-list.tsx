import { TrendingDown, TrendingUp } from "lucide-react";
import type { Contribution } from "@/lib/customers/contract";
import { ReasonPast } from "./reason-past";

const REASONS_SHOWN = 6;

/** The columns with a sentence first, then the strongest without one by name. */
export function ReasonList({
  contributions,
  peerGroup,
  zone,
}: {
  contributions: readonly Contribution[];
  peerGroup: string;
  zone: string;
}) {
  const told = contributions.filter((part) => part.sentence !== null);
  const untold = contributions.filter((part) => part.sentence === null);
  const shown = [...told, ...untold].slice(0, REASONS_SHOWN);
  return (
    <ul className="divide-y divide-line">
      {shown.map((part) => (
        <li key={part.column} className="grid gap-x-4 gap-y-1.5 py-3 first:pt-0 last:pb-0 sm:grid-cols-[1fr_9.5rem]">
          <div className="min-w-0">
            <p className="flex gap-2 text-ink">
              <Direction raises={part.logOdds >= 0} />
              <span className="font-medium">{part.sentence ?? part.label}</span>
            </p>
            <p className="mt-0.5 pl-6 text-xs text-muted">
              {part.label}: <span className="text-ink">{part.value}</span>
              {part.typical && (
                <>
                  {" "}
                  · typical for {peerGroup}: {rangeWords(part.typical)}
                </>
              )}
            </p>
          </div>
          <ReasonPast part={part} zone={zone} />
        </li>
      ))}
    </ul>
  );
}

function Direction({ raises }: { raises: boolean }) {
  const Icon = raises ? TrendingUp : TrendingDown;
  return (
    <>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${raises ? "text-raises" : "text-lowers"}`} />
      <span className="sr-only">{raises ? "Raises the probability:" : "Lowers the probability:"}</span>
    </>
  );
}

function rangeWords(typical: { low: string; high: string }): string {
  return typical.low === typical.high ? typical.low : `${typical.low} to ${typical.high}`;
}
