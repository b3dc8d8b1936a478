import Link from "next/link";
import { formatMoney } from "@/components/ui/format";
import type { QueueRow } from "@/lib/queue/contract";
import { ChangeFigure } from "./change-figure";
import { ListingBadge } from "./listing-badge";
import { ProbabilityFigure } from "./probability-figure";

const CELL = "px-3 py-2.5 align-top max-md:block max-md:p-0";

/** One customer; the whole row leads to its page. A card where the screen is narrow. */
export function QueueListRow({ row, threshold, currency }: { row: QueueRow; threshold: number; currency: string }) {
  const about = row.peerGroup.replace(" accounts of ", ", ");
  return (
    <tr className="relative hover:bg-sunken/50 focus-within:bg-sunken/50 max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:gap-y-1.5 max-md:px-3 max-md:py-3">
      <td className={`${CELL} md:min-w-60`}>
        <Link
          href={`/customers/${row.customerId}`}
          prefetch={false}
          data-row-link
          className="font-medium text-ink after:absolute after:inset-0 hover:underline focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {row.name}
        </Link>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-xs text-faint">
          <ListingBadge listing={row.listing} />
          {about}
        </p>
      </td>
      <td className={CELL}>
        <ProbabilityFigure probability={row.probability} threshold={threshold} listing={row.listing} />
      </td>
      <td className={`${CELL} max-md:order-1 max-md:col-start-2 max-md:text-right`}>
        <ChangeFigure change={row.change} />
      </td>
      <td className={`${CELL} max-md:order-2 max-md:col-span-2 md:w-[38%]`}>
        {row.reasons.length === 0 ? (
          <span className="text-faint">No single reason stands out</span>
        ) : (
          <ul className="space-y-0.5">
            {row.reasons.map(({ text, typical }, index) => (
              <li key={text} className={index === 0 ? "text-ink" : "text-muted"}>
                {text}
                {typical && <span className="text-xs text-faint"> · typical: {typical}</span>}
              </li>
            ))}
          </ul>
        )}
      </td>
      <td
        className={`${CELL} text-right tabular-nums max-md:order-1 max-md:col-start-1 max-md:row-start-2 max-md:text-left`}
      >
        {formatMoney(row.mrrCents, currency)}
        <span className="text-muted md:hidden"> a month · {row.owner?.name ?? "nobody's"}</span>
      </td>
      <td className={`${CELL} text-right font-medium tabular-nums max-md:hidden`}>
        {formatMoney(row.priorityCents, currency)}
      </td>
      <td className={`${CELL} whitespace-nowrap max-md:hidden`}>
        {row.owner?.name ?? <span className="text-faint">Nobody</span>}
      </td>
    </tr>
  );
}
