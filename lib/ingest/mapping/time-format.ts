import { DateTime } from "luxon";
import type { Zone } from "@/lib/calendar/weeks";
import { readIsoTime, remembering } from "../times";
import type { Format } from "./contract";

export type TimeFormat = Extract<Format, { kind: "time" }>;
/** A moment in UTC; `day` where the text named a day alone, which is that day in whatever zone. */
type Moment = { readonly utc: string; readonly day: string | null };

/**
 * Reads times in the forms of a mapping, the first that fits. `zone` is the company's: of texts without an offset where
 * the format names no other, and of the days that `target` "day" gives.
 * @returns ISO in UTC, or YYYY-MM-DD; undefined where no form fits.
 */
export function createTimeFormat(args: {
  format: TimeFormat;
  target: "time" | "day";
  zone: Zone;
}): (text: string) => string | undefined {
  const from = args.format.zone ?? args.zone;
  const readers = args.format.forms.map((form) => createFormReader(form, from));
  return remembering((text) => {
    for (const read of readers) {
      const moment = read(text);
      if (moment === undefined) continue;
      if (args.target === "time") return moment.utc;
      return moment.day ?? DateTime.fromISO(moment.utc, { zone: args.zone }).toISODate() ?? undefined;
    }
    return undefined;
  });
}

/** Whether a form can be read at all, and names a day. */
export function isTimeForm(form: string): boolean {
  if (form in FIXED_FORMS) return true;
  const tokens = withoutQuoted(form).match(/([A-Za-z])\1*/g) ?? [];
  if (tokens.some((token) => !TOKENS.has(token))) return false;
  const probe = DateTime.fromISO("2001-02-03T04:05:06.007Z", { zone: "utc", locale: "en" });
  const read = DateTime.fromFormat(probe.toFormat(form), form, { zone: "utc", locale: "en" });
  return read.isValid && read.toISODate() === probe.toISODate();
}

/** Those of Luxon that say the same wherever they are read. */
const TOKENS = new Set("yy yyyy M MM MMM MMMM d dd EEE EEEE o ooo H HH h hh m mm s ss S SSS u a Z ZZ ZZZ z".split(" "));

/** Completes "expected …". */
export function describeForms(forms: readonly string[]): string {
  return `a time of the form ${forms.map((form) => FIXED_FORMS[form] ?? form).join(" or ")}`;
}

const FIXED_FORMS: Readonly<Record<string, string>> = {
  iso: "2026-03-01T09:30:00Z or 2026-03-01",
  "epoch-seconds": "1767225600 (seconds since 1970)",
  "epoch-milliseconds": "1767225600000 (milliseconds since 1970)",
};

function createFormReader(form: string, zone: string): (text: string) => Moment | undefined {
  if (form === "iso") {
    return (text) => {
      const utc = readIsoTime(text, zone);
      return utc === undefined ? undefined : { utc, day: text.length === DAY_LENGTH ? text : null };
    };
  }
  if (form === "epoch-seconds") return (text) => readEpoch(text, 1000);
  if (form === "epoch-milliseconds") return (text) => readEpoch(text, 1);
  const parser = DateTime.buildFormatParser(form, { locale: "en" });
  const dayAlone = !namesTimeOfDay(form);
  return (text) => {
    const moment = DateTime.fromFormatParser(text, parser, { zone, locale: "en", setZone: true });
    if (!moment.isValid) return undefined;
    const utc = moment.toUTC().toISO();
    return { utc, day: dayAlone ? moment.toISODate() : null };
  };
}

const DAY_LENGTH = "2026-03-01".length;

/** Whether a pattern has tokens of hours, outside of its quoted words. */
function namesTimeOfDay(pattern: string): boolean {
  return /[Hh]/.test(withoutQuoted(pattern));
}

function withoutQuoted(pattern: string): string {
  return pattern.replaceAll(/'[^']*'/g, "");
}

function readEpoch(text: string, unitMs: number): Moment | undefined {
  if (!/^\d{1,14}(\.\d{1,9})?$/.test(text)) return undefined;
  const time = new Date(Math.floor(Number(text) * unitMs));
  return Number.isNaN(time.getTime()) ? undefined : { utc: time.toISOString(), day: null };
}
