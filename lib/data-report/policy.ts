/** Rows of one source on one day (YYYY-MM-DD). */
export type DayCount = { readonly day: string; readonly rows: number };

/** A run of days without rows where rows were to be expected; both ends included. */
export type Gap = { readonly from: string; readonly to: string; readonly days: number; readonly expected: number };

/** A lasting change of level between two weeks that follow one another. */
export type Step = {
  /** Monday of the first week on the new level. */
  readonly week: string;
  readonly before: number;
  readonly after: number;
};

const DAY_MS = 86_400_000;
/** A quieter day is no surprise when it is empty: at a mean of 7 that happens by chance once in 1,100 days. */
const EXPECTED_LEAST = 7;
const NEIGHBOUR_WEEKS = 4;

/**
 * Stretches of days without a row between the first and last day, where the same weekday of the four weeks before and after
 * had at least seven (median). So weekends and sparse sources are no gaps.
 * @param days in any order; a day that is not named has none
 */
export function findGaps(days: readonly DayCount[]): Gap[] {
  const counts = new Map(days.filter(({ rows }) => rows > 0).map(({ day, rows }) => [toNumber(day), rows]));
  if (counts.size === 0) return [];
  const [first, last] = [Math.min(...counts.keys()), Math.max(...counts.keys())];
  const gaps: { from: number; to: number; expected: number }[] = [];
  for (let day = first + 1; day < last; day++) {
    if (counts.has(day)) continue;
    const expected = expectedOn(day, { counts, first, last });
    if (expected < EXPECTED_LEAST) continue;
    const open = gaps.at(-1);
    if (open && emptyBetween(open.to, day, counts)) {
      open.to = day;
      open.expected += expected;
    } else gaps.push({ from: day, to: day, expected });
  }
  return gaps.map(({ from, to, expected }) => ({
    from: toDay(from),
    to: toDay(to),
    days: to - from + 1,
    expected: Math.round(expected),
  }));
}

type Known = { counts: ReadonlyMap<number, number>; first: number; last: number };

/** Median of the same weekday around it. Days within a long gap have neighbours in it, so those without rows do not vote. */
function expectedOn(day: number, { counts, first, last }: Known): number {
  const rows: number[] = [];
  for (const direction of [-7, 7]) {
    let found = 0;
    for (let other = day + direction; other >= first && other <= last && found < NEIGHBOUR_WEEKS; other += direction) {
      const value = counts.get(other);
      if (value === undefined) continue;
      rows.push(value);
      found += 1;
    }
  }
  // With fewer, or where the weekday is usually empty, nothing is known of what to expect.
  const weeks = Math.floor((last - first) / 7);
  const used = [...counts.keys()].filter((other) => (other - day) % 7 === 0).length;
  return rows.length < NEIGHBOUR_WEEKS || used < weeks / 2 ? 0 : median(rows);
}

function emptyBetween(from: number, to: number, counts: ReadonlyMap<number, number>): boolean {
  for (let day = from + 1; day < to; day++) if (counts.has(day)) return false;
  return true;
}

const STEP_FACTOR = 2;
const STEP_WEEKS = 4;

/**
 * Weeks at which the level doubled or halved and stayed: medians of the four weeks before and after, the sharpest of
 * neighbouring weeks. Weeks below `least` before and after are too small to judge; null is a week without a value.
 * @param weeks one entry for each week from the first on, ascending
 */
export function findSteps(
  weeks: readonly { readonly week: string; readonly value: number | null }[],
  least: number,
): Step[] {
  const steps: (Step & { index: number; change: number; jump: number })[] = [];
  for (let index = STEP_WEEKS; index + STEP_WEEKS <= weeks.length; index++) {
    const before = medianOf(weeks.slice(index - STEP_WEEKS, index));
    const after = medianOf(weeks.slice(index, index + STEP_WEEKS));
    if (before === null || after === null || Math.max(before, after) < least) continue;
    const change = Math.abs(Math.log(Math.max(after, Number.MIN_VALUE) / Math.max(before, Number.MIN_VALUE)));
    if (change < Math.log(STEP_FACTOR)) continue;
    // Medians are the same for some weeks around the step itself, which is where the value jumps most.
    const jump = Math.abs((weeks[index]!.value ?? 0) - (weeks[index - 1]!.value ?? 0));
    const step = { week: weeks[index]!.week, before, after, index, change, jump };
    const last = steps.at(-1);
    if (last && index - last.index < STEP_WEEKS) {
      if (change > last.change || (change === last.change && jump > last.jump)) steps[steps.length - 1] = step;
    } else steps.push(step);
  }
  return steps.map(({ week, before, after }) => ({ week, before, after }));
}

/**
 * Whether a source has fallen silent before the data's end: how many rows were to be expected since its last day at the
 * mean rate of the 84 days before it. Chance leaves out seven that are expected once in 1,100 times.
 * @returns null where it has not
 */
export function findSilence(
  days: readonly DayCount[],
  end: string,
): { readonly days: number; readonly expected: number } | null {
  const busy = days.filter(({ rows }) => rows > 0).map(({ day, rows }) => ({ day: toNumber(day), rows }));
  if (busy.length === 0) return null;
  const last = Math.max(...busy.map(({ day }) => day));
  const silent = toNumber(end) - 1 - last;
  const recent = busy.filter(({ day }) => day > last - 84).reduce((sum, { rows }) => sum + rows, 0);
  const expected = (recent / 84) * silent;
  return silent > 2 && expected >= EXPECTED_LEAST ? { days: silent, expected: Math.round(expected) } : null;
}

/** Sums by week, from the Monday of the first day to the last whole week; weeks without rows are 0. */
export function byWeek(days: readonly DayCount[], end: string): { week: string; value: number }[] {
  if (days.length === 0) return [];
  const sums = new Map<number, number>();
  for (const { day, rows } of days) {
    const monday = mondayOf(toNumber(day));
    sums.set(monday, (sums.get(monday) ?? 0) + rows);
  }
  const weeks: { week: string; value: number }[] = [];
  // The first week is seldom whole.
  for (let monday = Math.min(...sums.keys()) + 7; monday + 7 <= toNumber(end); monday += 7)
    weeks.push({ week: toDay(monday), value: sums.get(monday) ?? 0 });
  return weeks;
}

function medianOf(weeks: readonly { readonly value: number | null }[]): number | null {
  const values = weeks.map(({ value }) => value).filter((value): value is number => value !== null);
  return values.length < STEP_WEEKS ? null : median(values);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? sorted[Math.floor(middle)]!
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

const toNumber = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
const toDay = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10);
/** 1970-01-01 was a Thursday. */
const mondayOf = (day: number) => day - ((day + 3) % 7);
