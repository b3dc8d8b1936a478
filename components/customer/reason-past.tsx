import { sparkline } from "@/components/charts/sparkline";
import { formatDay } from "@/components/ui/format";
import type { Contribution } from "@/lib/customers/contract";

const WIDTH = 152;
const HEIGHT = 36;

/** A column's own past as a small line over the typical range, with first and last value in words. */
export function ReasonPast({ part, zone }: { part: Contribution; zone: string }) {
  const known = part.past.filter((point) => point.value !== null);
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last || known.length < 2)
    return <p className="pl-6 text-xs text-faint sm:pl-0">{known.length === 0 ? "no data" : "no earlier weeks"}</p>;
  const line = sparkline({
    values: part.past.map((point) => point.value),
    band: part.typical && { low: part.typical.lowValue, high: part.typical.highValue },
    width: WIDTH,
    height: HEIGHT,
  });
  const words = `${first.text} on ${formatDay(first.asOf, zone)}, ${last.text} on ${formatDay(last.asOf, zone)}`;
  return (
    <figure className="pl-6 sm:pl-0">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={`${part.label}: ${words}`}
      >
        {line.band && (
          <rect
            x={0}
            width={WIDTH}
            y={line.band.y}
            height={line.band.height}
            fill="var(--sunken)"
            stroke="var(--line)"
          />
        )}
        {line.paths.map((path) => (
          <path key={path} d={path} fill="none" stroke="var(--chart-1)" strokeWidth={1.5} />
        ))}
        {line.end && <circle cx={line.end.x} cy={line.end.y} r={2.5} fill="var(--chart-1)" />}
      </svg>
      <figcaption aria-hidden className="flex justify-between text-xs text-faint" style={{ width: WIDTH }}>
        <span>{first.text}</span>
        <span>{last.text}</span>
      </figcaption>
    </figure>
  );
}
