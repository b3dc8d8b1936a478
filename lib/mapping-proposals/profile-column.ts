import { type AmountFinding, findAmountFormat } from "./amounts";
import type { ColumnFinding, ColumnKind } from "./contract";
import { type DayMonthOrder, findTimeForms, type TimeFinding } from "./time-forms";
import { tokenize } from "./tokens";

/** What a file's values leave open, settled by what is told elsewhere in it. */
export type Assumed = { readonly dayMonth: DayMonthOrder; readonly decimal: "." | "," };

const YES_NO: readonly (readonly [string, string])[] = [
  ["true", "false"],
  ["yes", "no"],
  ["y", "n"],
  ["t", "f"],
  ["ja", "nein"],
  ["oui", "non"],
  ["sí", "no"],
  ["si", "no"],
  ["on", "off"],
];
const FLAG_TOKENS = new Set(["is", "has", "flag", "enabled", "active", "primary"]);
const ID_TOKENS = new Set(["id", "ids", "key", "uuid", "guid", "number", "no", "nr", "ref", "reference", "code"]);
const WORDS_MAX = 30;
const WORD_LENGTH_MAX = 60;

/** What the values of one column look like, with the reason in words. Empty texts count as no value. */
export function profileColumn(args: { name: string; values: readonly string[]; assumed: Assumed }): ColumnFinding {
  const { name, assumed } = args;
  const values = args.values.map((value) => value.trim()).filter((value) => value !== "");
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const words = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
  const base = { name, rows: args.values.length, filled: values.length, distinct: words.length };
  const few = words.length <= WORDS_MAX && words.every((word) => word.length <= WORD_LENGTH_MAX) ? words : [];
  const of = (read: number) => `${read} of ${values.length} ${values.length === 1 ? "value" : "values"}`;
  const is = (kind: ColumnKind, why: string, more: Partial<ColumnFinding> = {}): ColumnFinding => ({
    ...base,
    kind,
    words: few,
    format: null,
    doubt: null,
    why,
    ...more,
  });
  if (values.length === 0) return is("empty", "no value in these rows");
  const flag = yesNo(name, words);
  if (flag) {
    const format = { kind: "boolean" as const, yes: [flag[0]], no: [flag[1]] };
    return is("boolean", `looks like yes or no (${words.join(", ")})`, { format });
  }
  const time = findTimeForms({ name, values, assumed: assumed.dayMonth });
  if (time) {
    const format = { kind: "time" as const, forms: [...time.forms], ...(time.zone && { zone: time.zone }) };
    return is("time", timeWords(time, of(time.read)), { format, doubt: timeDoubt(time) });
  }
  const emails = values.filter((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)).length;
  if (emails >= values.length * 0.9) return is("email", `looks like e-mail addresses, ${of(emails)}`);
  const namedId = tokenize(name).some((token) => ID_TOKENS.has(token));
  const amount = findAmountFormat(values, assumed.decimal);
  if (amount && !(namedId && amount.whole)) {
    const { decimal, thousands } = amount;
    const format = { kind: "number" as const, decimal, thousands, negative: "refuse" as const };
    return is("number", amountWords(amount, of(amount.read)), { format, doubt: amountDoubt(amount) });
  }
  if (namedId) return is("id", `named as an id, ${words.length} different in ${values.length} rows`);
  if (repeats(words.length, values.length) && few.length > 0) {
    return is(
      "words",
      words.length === 1 ? `always ${shown(words)}` : `${words.length} different words: ${shown(words)}`,
    );
  }
  const coded = values.filter((value) => /^[\w.:-]*\d[\w.:-]*$/.test(value)).length;
  if (coded >= values.length * 0.9 && words.length > 1) {
    return is("id", `looks like ids, ${words.length} different in ${values.length} rows`);
  }
  return is("text", `text, ${words.length} different in ${values.length} rows`);
}

function yesNo(name: string, words: readonly string[]): readonly [string, string] | undefined {
  const lower = new Set(words.map((word) => word.toLowerCase()));
  const fits = ([yes, no]: readonly [string, string]) => [...lower].every((word) => word === yes || word === no);
  const pair = YES_NO.find(fits);
  if (pair) return pair;
  return tokenize(name).some((token) => FLAG_TOKENS.has(token)) && fits(["1", "0"]) ? ["1", "0"] : undefined;
}

/** Few enough to be a vocabulary: each word stands there twice and more, or there are three at most. */
function repeats(distinct: number, filled: number): boolean {
  return distinct <= 3 ? filled > distinct || filled <= 3 : distinct * 2 <= filled;
}

function shown(words: readonly string[]): string {
  return words.length > 6 ? `${words.slice(0, 6).join(", ")} …` : words.join(", ");
}

function timeWords(time: TimeFinding, of: string): string {
  const what = time.hasTime ? "a time" : "a date";
  const more = time.forms.length > 1 ? `, written in ${time.forms.length} ways` : "";
  return `looks like ${what}, ${time.order}${more}${time.zone ? `, in ${time.zone}` : ""}, ${of}`;
}

function timeDoubt(time: TimeFinding): string | null {
  return time.ambiguous ? `day and month cannot be told apart in these rows; taken as ${time.order}` : null;
}

function amountWords(amount: AmountFinding, of: string): string {
  const kind = amount.whole ? "whole numbers" : `numbers with a decimal ${amount.decimal === "." ? "point" : "comma"}`;
  const currency = amount.currency > 0 ? ", with a currency" : "";
  return `looks like ${kind}${currency}, ${of}`;
}

function amountDoubt(amount: AmountFinding): string | null {
  if (amount.ambiguous) {
    return `whether "${amount.decimal === "." ? "," : "."}" parts thousands cannot be told from these rows; taken so`;
  }
  return amount.negative > 0
    ? `${amount.negative} of these values are negative, and are refused unless you choose otherwise`
    : null;
}
