const DAY_MS = 86_400_000;

/** "16 Nov 2026" in the company's zone. */
export function dateWords(iso: string, zone: string): string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, day: "numeric", month: "short", year: "numeric" });
  const parts = Object.fromEntries(format.formatToParts(new Date(iso)).map((part) => [part.type, part.value]));
  return `${parts.day} ${parts.month} ${parts.year}`;
}

/** The time between two instants in its two largest units: "2 years 3 months", "5 months", "12 days". */
export function spanWords(fromIso: string, toIso: string): string {
  const days = Math.max(0, Math.floor((Date.parse(toIso) - Date.parse(fromIso)) / DAY_MS));
  if (days < 61) return counted(days, "day");
  const months = Math.floor(days / 30.44);
  if (months < 12) return counted(months, "month");
  const rest = months % 12;
  return `${counted(Math.floor(months / 12), "year")}${rest > 0 ? ` ${counted(rest, "month")}` : ""}`;
}

/** "1 seat", "3 seats". */
export function counted(count: number, one: string): string {
  return `${count.toLocaleString("en-US")} ${one}${count === 1 ? "" : "s"}`;
}
