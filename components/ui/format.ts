const LOCALE = "en-US";

/** "12,345"; whole numbers only. */
export function formatCount(count: number): string {
  return count.toLocaleString(LOCALE, { maximumFractionDigits: 0 });
}

/** Cents as whole money: "$1,234". Cents are shown where `exact`. */
export function formatMoney(cents: number, currency: string, exact = false): string {
  const digits = exact ? 2 : 0;
  const options = {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  return (cents / 100).toLocaleString(LOCALE, options);
}

/** A share from 0 to 1 as "72.4%". */
export function formatPercent(share: number, digits = 1): string {
  const options = { style: "percent", minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return share.toLocaleString(LOCALE, options);
}

/** A number with `digits` significant digits, without trailing zeros: "0.0123", "1,250". */
export function formatNumber(value: number, digits = 3): string {
  return value.toLocaleString(LOCALE, { maximumSignificantDigits: Math.max(digits, wholeDigits(value)) });
}

/** "Mon 16 Nov" in the business's zone, with the year where it is not that of `now`. */
export function formatDay(iso: string, zone: string, now: Date = new Date()): string {
  const at = new Date(iso);
  const year = (date: Date) => new Intl.DateTimeFormat(LOCALE, { timeZone: zone, year: "numeric" }).format(date);
  const parts = partsOf(at, zone, { weekday: "short", day: "numeric", month: "short" });
  const day = `${parts.weekday} ${parts.day} ${parts.month}`;
  return year(at) === year(now) ? day : `${day} ${year(at)}`;
}

/** "16 Nov 2026, 08:05" in the business's zone. */
export function formatInstant(iso: string, zone: string): string {
  const parts = partsOf(new Date(iso), zone, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return `${parts.day} ${parts.month} ${parts.year}, ${parts.hour}:${parts.minute}`;
}

/** "840 ms", "12 s", "3 min 5 s", "2 h 10 min". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** "1.2 MB", in steps of 1,000. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${value.toLocaleString(LOCALE, { maximumFractionDigits: step === 0 ? 0 : 1 })} ${units[step]}`;
}

function wholeDigits(value: number): number {
  return Math.max(1, Math.floor(Math.log10(Math.max(1, Math.abs(value)))) + 1);
}

function partsOf(at: Date, zone: string, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const format = new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone });
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}
