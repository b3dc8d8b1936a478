/** Forms of lib/ingest/mapping: "iso", "epoch-seconds", "epoch-milliseconds" or a pattern of Luxon's tokens. */
export type TimeFinding = {
  readonly forms: readonly string[];
  /** The zone that the texts or the name state; undefined where they say nothing. */
  readonly zone: string | undefined;
  /** Values that one of the forms reads. */
  readonly read: number;
  readonly order: "day first" | "month first" | "year first" | "by name of the month" | "a count since 1970";
  readonly hasTime: boolean;
  /** Day and month could be exchanged in every value. */
  readonly ambiguous: boolean;
};

export type DayMonthOrder = "day first" | "month first";

const READ_SHARE_MIN = 0.9;
const FORMS_MAX = 6;
const ISO =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;
const CLOCK = /^(.*?)(,? |T)(\d{1,2}):(\d\d)(:\d\d)?( ?)([AaPp]\.?[Mm]\.?)?( UTC| GMT)?$/;
const NAMED_TIME =
  /(^|[^a-z])(at|on|date|day|time|timestamp|ts|datum|start|end|since|until|created|updated|closed)([^a-z]|$)/i;
const EPOCH_FROM = Date.UTC(2005, 0, 1) / 1000;
const EPOCH_TO = Date.UTC(2050, 0, 1) / 1000;

/**
 * How the values of a column are read as times; null where they are none. Plain digits count as times only under a name
 * that says so. `assumed` settles what the values leave open: which of two short numbers is the day.
 */
export function findTimeForms(args: {
  name: string;
  values: readonly string[];
  assumed: DayMonthOrder;
}): TimeFinding | null {
  const { values } = args;
  const candidates = values.map((value) => formsOf(value.trim(), isNamedTime(args.name)));
  const forms: string[] = [];
  let open = candidates.map((_, index) => index);
  let ambiguous = false;
  while (open.length > 0 && forms.length < FORMS_MAX) {
    const counts = new Map<string, number>();
    for (const index of open) for (const form of candidates[index] ?? []) counts.set(form, (counts.get(form) ?? 0) + 1);
    const best = [...counts].sort(
      (a, b) => b[1] - a[1] || preference(b[0], args.assumed) - preference(a[0], args.assumed),
    )[0];
    if (best === undefined) break;
    const [form, count] = best;
    ambiguous ||=
      orderOf(form) === "day first" || orderOf(form) === "month first"
        ? [...counts].some(([other, n]) => n === count && other === exchanged(form))
        : false;
    forms.push(form);
    open = open.filter((index) => !candidates[index]?.includes(form));
  }
  const read = values.length - open.length;
  const first = forms[0];
  if (first === undefined || read < values.length * READ_SHARE_MIN) return null;
  const utc = forms.some((form) => /'(UTC|GMT)'/.test(form)) || /(^|[^a-z])(utc|gmt)([^a-z]|$)/i.test(args.name);
  return {
    forms,
    zone: utc ? "UTC" : undefined,
    read,
    order: orderOf(first),
    hasTime:
      first.startsWith("epoch") || forms.some((form) => /[Hh]/.test(form)) || values.some((v) => /\d:\d/.test(v)),
    ambiguous,
  };
}

function isNamedTime(name: string): boolean {
  return NAMED_TIME.test(name.replace(/([a-z])([A-Z])/g, "$1_$2").replaceAll("_", " "));
}

function formsOf(value: string, namedTime: boolean): string[] {
  if (ISO.test(value)) return ["iso"];
  if (/^\d+$/.test(value)) return namedTime ? digitForms(value) : [];
  const clock = CLOCK.exec(value);
  if (clock === null) return dateForms(value);
  const [, date = "", gap = "", hour = "", , seconds, blank = "", meridiem, zone] = clock;
  if (Number(hour) > (meridiem ? 12 : 23)) return [];
  const clockForm = `${meridiem ? "h" : "H"}:mm${seconds ? ":ss" : ""}${meridiem ? `${blank}a` : ""}`;
  const tail = `${gap === "T" ? "'T'" : gap}${clockForm}${zone ? ` '${zone.trim()}'` : ""}`;
  return dateForms(date).map((form) => form + tail);
}

function digitForms(value: string): string[] {
  const number = Number(value);
  if (value.length === 8) return isDay(value.slice(0, 4), value.slice(4, 6), value.slice(6)) ? ["yyyyMMdd"] : [];
  if (value.length <= 10) return number >= EPOCH_FROM && number < EPOCH_TO ? ["epoch-seconds"] : [];
  return number / 1000 >= EPOCH_FROM && number / 1000 < EPOCH_TO ? ["epoch-milliseconds"] : [];
}

const MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
const LONG_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December";

function dateForms(date: string): string[] {
  const year = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(date);
  if (year) return isDay(year[1], year[3], year[4]) ? [`yyyy${year[2]}M${year[2]}d`] : [];
  const short = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)$/.exec(date);
  if (short) {
    const [, a, by, b, y = ""] = short;
    const digits = y.length === 4 ? "yyyy" : "yy";
    const full = y.length === 4 ? y : `20${y}`;
    return [
      ...(isDay(full, b, a) ? [`d${by}M${by}${digits}`] : []),
      ...(isDay(full, a, b) ? [`M${by}d${by}${digits}`] : []),
    ];
  }
  const named = new RegExp(
    `^(?:(\\d{1,2})([ -])(${MONTHS}|${LONG_MONTHS})\\2(\\d{4})|(${MONTHS}|${LONG_MONTHS}) (\\d{1,2}),? (\\d{4}))$`,
    "i",
  ).exec(date);
  if (named === null) return [];
  const month = named[3] ?? named[5] ?? "";
  const token = month.length === 3 ? "MMM" : "MMMM";
  if (named[1] !== undefined) return [`d${named[2]}${token}${named[2]}yyyy`];
  return [`${token} d${date.includes(",") ? "," : ""} yyyy`];
}

function isDay(year = "", month = "", day = ""): boolean {
  const y = Number(year);
  const m = Number(month);
  if (y < 1990 || y > 2100 || m < 1 || m > 12) return false;
  return Number(day) >= 1 && Number(day) <= new Date(Date.UTC(y, m, 0)).getUTCDate();
}

function orderOf(form: string): TimeFinding["order"] {
  if (form.startsWith("epoch")) return "a count since 1970";
  if (form.includes("MMM")) return "by name of the month";
  if (form.startsWith("d")) return "day first";
  return form.startsWith("M") ? "month first" : "year first";
}

/** The same form with day and month in the other order. */
function exchanged(form: string): string {
  return form.replace(/^([dM])([-/.])([dM])/, (_, a: string, by: string, b: string) => `${b}${by}${a}`);
}

function preference(form: string, assumed: DayMonthOrder): number {
  if (form === "iso") return 2;
  return orderOf(form) === assumed ? 1 : 0;
}
