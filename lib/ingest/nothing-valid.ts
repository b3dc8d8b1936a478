import { type BadRow, describeBadRow, ImportError } from "./contract";

const REASONS_SHOWN_MAX = 3;

/**
 * Refuses a file that has no row, or whose rows, or those that a mapping makes of them, are all bad: what is wrong then
 * is the file.
 * @param args.first its first bad rows, of which those with different reasons are named
 * @throws ImportError
 */
export function refuseNothingValid(args: {
  name: string;
  rowsMade: number;
  rowsBad: number;
  first: readonly BadRow[];
}): void {
  const { name, rowsMade, rowsBad } = args;
  if (rowsMade === 0) {
    throw new ImportError(`${name} has a header and no rows: a file that has nothing to tell is left out`);
  }
  if (rowsBad < rowsMade) return;
  const rows = rowsMade === 1 ? "its only row cannot" : `none of its ${rowsMade.toLocaleString("en-US")} rows can`;
  throw new ImportError(`${name}: ${rows} be taken: ${firstOfEachReason(args.first).map(describeBadRow).join("; ")}`);
}

function firstOfEachReason(rows: readonly BadRow[]): BadRow[] {
  const first = new Map<string, BadRow>();
  for (const row of rows) if (!first.has(row.reason)) first.set(row.reason, row);
  return [...first.values()].slice(0, REASONS_SHOWN_MAX);
}
