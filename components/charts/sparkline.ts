/**
 * The geometry of a small line: one path for each stretch without a gap, the typical band behind it, the last point.
 * Values and band share a scale; where all are alike, they stand in the middle.
 */
export function sparkline(args: {
  values: readonly (number | null)[];
  band: { low: number; high: number } | null;
  width: number;
  height: number;
  margin?: number;
}): {
  paths: string[];
  band: { y: number; height: number } | null;
  end: { x: number; y: number } | null;
} {
  const margin = args.margin ?? 3;
  const known = args.values.filter((value): value is number => value !== null);
  const all = [...known, ...(args.band ? [args.band.low, args.band.high] : [])];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const x = (i: number) => margin + (i / Math.max(1, args.values.length - 1)) * (args.width - 2 * margin);
  const y = (value: number) =>
    high === low ? args.height / 2 : args.height - margin - ((value - low) / (high - low)) * (args.height - 2 * margin);
  const paths: string[] = [];
  let path = "";
  args.values.forEach((value, i) => {
    if (value === null) {
      if (path) paths.push(path);
      path = "";
      return;
    }
    path += `${path ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
  });
  if (path) paths.push(path);
  const lastIndex = args.values.findLastIndex((value) => value !== null);
  const last = args.values[lastIndex];
  return {
    paths,
    band: args.band && { y: y(args.band.high), height: Math.max(1, y(args.band.low) - y(args.band.high)) },
    end: last == null ? null : { x: x(lastIndex), y: y(last) },
  };
}
