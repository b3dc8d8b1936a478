import { DateTime } from "luxon";
import { expect, test } from "vitest";
import { type Assumed, profileColumn } from "./profile-column";

const US: Assumed = { dayMonth: "month first", decimal: "." };
const EUROPE: Assumed = { dayMonth: "day first", decimal: "," };

function profile(name: string, values: string[], assumed = US) {
  return profileColumn({ name, values, assumed });
}

test.each([
  [
    "a date of ISO 8601",
    "start_date",
    ["2024-07-08", "2024-07-09"],
    ["iso"],
    "looks like a date, year first, 2 of 2 values",
  ],
  ["a time with offset", "at", ["2024-07-08T09:30:00+02:00"], ["iso"], "looks like a time, year first, 1 of 1 value"],
  [
    "dates, some with an hour of one digit",
    "closed_at",
    ["2024-07-08", "2024-07-09 3:00", "2023-07-28 13:00"],
    ["iso", "yyyy-M-d H:mm"],
    "looks like a time, year first, written in 2 ways, 3 of 3 values",
  ],
  [
    "a day above 12 tells day first",
    "datum",
    ["03.04.2026", "25.04.2026"],
    ["d.M.yyyy"],
    "looks like a date, day first, 2 of 2 values",
  ],
  [
    "a day above 12 tells month first",
    "date",
    ["3/4/2026", "4/25/2026"],
    ["M/d/yyyy"],
    "looks like a date, month first, 2 of 2 values",
  ],
  [
    "twelve hours and AM or PM",
    "Created At",
    ["3/14/2026 9:05 PM", "12/1/2025 11:00 AM"],
    ["M/d/yyyy h:mm a"],
    "looks like a time, month first, 2 of 2 values",
  ],
  [
    "the month by name",
    "Created",
    ["5 Mar 2026", "17 Dec 2025"],
    ["d MMM yyyy"],
    "looks like a date, by name of the month, 2 of 2 values",
  ],
  [
    "the month by name, the American way",
    "Created",
    ["March 5, 2026"],
    ["MMMM d, yyyy"],
    "looks like a date, by name of the month, 1 of 1 value",
  ],
  [
    "seconds since 1970 under the name of a time",
    "created",
    ["1767225600", "1767312000"],
    ["epoch-seconds"],
    "looks like a time, a count since 1970, 2 of 2 values",
  ],
  [
    "milliseconds since 1970",
    "event_ts",
    ["1767225600000"],
    ["epoch-milliseconds"],
    "looks like a time, a count since 1970, 1 of 1 value",
  ],
  [
    "a date without separators",
    "order_date",
    ["20260301"],
    ["yyyyMMdd"],
    "looks like a date, year first, 1 of 1 value",
  ],
  ["years of two digits", "date", ["25.12.25"], ["d.M.yy"], "looks like a date, day first, 1 of 1 value"],
])("times: %s", (_rule, name, values, forms, why) => {
  const found = profile(name, values);
  expect(found.format).toMatchObject({ kind: "time", forms });
  expect(found.why).toBe(why);
  for (const value of values) {
    const read = forms.some(
      (form) => form === "iso" || form.startsWith("epoch") || DateTime.fromFormat(value, form).isValid,
    );
    expect(read, value).toBe(true);
  }
});

test("times: day and month that could be exchanged are told as a doubt, settled by what is assumed", () => {
  const values = ["03/04/2026", "05/06/2026"];
  expect(profile("date", values, US)).toMatchObject({
    format: { forms: ["M/d/yyyy"] },
    doubt: expect.stringContaining("month first"),
  });
  expect(profile("date", values, EUROPE)).toMatchObject({
    format: { forms: ["d/M/yyyy"] },
    doubt: expect.stringContaining("day first"),
  });
});

test("times: UTC written behind the time or in the name is the zone", () => {
  expect(profile("at", ["2026-03-01 09:30:00 UTC"]).format).toMatchObject({
    forms: ["yyyy-M-d H:mm:ss 'UTC'"],
    zone: "UTC",
  });
  expect(profile("created_utc", ["2026-03-01 09:30"]).format).toMatchObject({ zone: "UTC" });
});

test.each([
  ["digits under a name that is no time's", "seats", ["1767225600", "1767312000"]],
  ["a day that is not in the calendar", "date", ["2026-02-31", "31.02.2026"]],
  ["one in five is a date", "note_date", ["2026-01-01", "x", "y", "z", "w"]],
])("times: none: %s", (_rule, name, values) => expect(profile(name, values).kind).not.toBe("time"));

test.each([
  ["thousands by comma, decimals by point", ["$1,234.50", "12.00"], { decimal: ".", thousands: "," }, null],
  ["thousands by point, decimals by comma", ["1.234,50 €", "12,00"], { decimal: ",", thousands: "." }, null],
  ["thousands by apostrophe", ["1'234.50", "12.00"], { decimal: ".", thousands: "'" }, null],
  ["thousands by blank", ["1 234,50", "12,00"], { decimal: ",", thousands: " " }, null],
  ["a separator that repeats parts thousands", ["1.234.567"], { decimal: ",", thousands: "." }, null],
  ["a code of a currency", ["USD 12.50", "12.50 EUR"], { decimal: ".", thousands: "," }, null],
  [
    "parentheses and signs are negative",
    ["(12.50)", "-3.00", "3.00-", "$4.00"],
    { decimal: ".", thousands: "," },
    "3 of these values are negative",
  ],
  [
    "three digits behind one comma could be either",
    ["1,234", "5,678"],
    { decimal: ".", thousands: "," },
    "cannot be told",
  ],
])("numbers: %s", (_rule, values, format, doubt) => {
  const found = profile("amount", values);
  expect(found.format).toMatchObject({ kind: "number", ...format });
  if (doubt === null) expect(found.doubt).toBeNull();
  else expect(found.doubt).toContain(doubt);
});

test("numbers: a lone separator is settled by where the file is from", () => {
  expect(profile("Betrag", ["1.234"], EUROPE).format).toMatchObject({ decimal: ",", thousands: "." });
  expect(profile("amount", ["1.234"], US).format).toMatchObject({ decimal: ".", thousands: "," });
});

test.each([
  ["in either case", "is_trial", ["FALSE", "False", "true"], ["true"], ["false"]],
  ["in other languages", "aktiv", ["ja", "nein"], ["ja"], ["nein"]],
  ["as digits under a flag's name", "is_active", ["1", "0"], ["1"], ["0"]],
])("yes or no: %s", (_rule, name, values, yes, no) => {
  expect(profile(name, values).format).toEqual({ kind: "boolean", yes, no });
});

test("yes or no: digits under another name are numbers", () => {
  expect(profile("error_count", ["1", "0"]).kind).toBe("number");
});

test.each([
  ["ids by name", "account_id", ["A-1", "A-2"], "id"],
  ["ids of digits by name", "Customer Number", ["10021", "10022"], "id"],
  ["ids by content", "reference1", ["a91-x2", "b22-x9", "c01-x7", "d77-q1"], "id"],
  ["words that repeat", "priority", ["high", "low", "high", "low", "medium", "medium"], "words"],
  ["e-mail addresses", "contact", ["a@b.example", "c@d.example"], "email"],
  ["names", "company", ["Harbor & Finch", "Acme Inc.", "Globex", "Initech"], "text"],
  ["nothing", "note", ["", " "], "empty"],
])("kinds: %s", (_rule, name, values, kind) => expect(profile(name, values).kind).toBe(kind));
