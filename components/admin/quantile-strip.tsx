const WIDTH = 120;
const HEIGHT = 14;
const EDGE = 4;

/**
 * How a feature is spread, on its own scale: the line from the 5th to the 95th percentile, the box from the 25th to the
 * 75th, the tick the median. `words` are the same five, for everyone who does not see it.
 */
export function QuantileStrip({
  values,
  words,
}: {
  values: readonly (number | null)[];
  words: readonly (string | null)[];
}) {
  const [p05, p25, p50, p75, p95] = values;
  if (p05 == null || p25 == null || p50 == null || p75 == null || p95 == null) return null;
  const span = p95 - p05;
  const x = (value: number) => (span === 0 ? WIDTH / 2 : EDGE + ((value - p05) / span) * (WIDTH - 2 * EDGE));
  const middle = HEIGHT / 2;
  const name = `5% below ${words[0]}, a quarter below ${words[1]}, half below ${words[2]}, a quarter above ${words[3]}, 5% above ${words[4]}`;
  return (
    <svg role="img" aria-label={name} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-3.5 w-30">
      <line x1={x(p05)} x2={x(p95)} y1={middle} y2={middle} className="stroke-control" />
      <rect x={x(p25)} width={Math.max(1, x(p75) - x(p25))} y={3} height={HEIGHT - 6} className="fill-accent/35" />
      <line x1={x(p50)} x2={x(p50)} y1={1} y2={HEIGHT - 1} strokeWidth={2} className="stroke-accent" />
    </svg>
  );
}
