/**
 * Positions of weeks on an axis: the month's name where it begins, with the year in January.
 * @param days first days of the weeks, YYYY-MM-DD
 */
export function weekPoints(days: readonly string[]): { key: string; axis: string; title: string }[] {
  return days.map((day) => {
    const [year, month, date] = day.split("-").map(Number) as [number, number, number];
    const name = MONTHS[month - 1] as string;
    return { key: day, axis: month === 1 ? `${name} ${year}` : name, title: `Week of ${date} ${name} ${year}` };
  });
}

/** The calendar day of an instant in a zone, YYYY-MM-DD. */
export function dayIn(iso: string, zone: string): string {
  return new Date(iso).toLocaleDateString("sv-SE", { timeZone: zone });
}

export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
