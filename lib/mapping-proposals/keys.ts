import type { ColumnFinding } from "./contract";
import { findColumn, IDS, isUnique, type KnownFile, valuesOf } from "./known-file";

/** A column that names a customer or a subscription, and how that is known. */
export type Key = { readonly column: ColumnFinding; readonly why: string };

/** Ids that occur in the files, to know them again in others. */
export type KnownIds = { readonly file: string; readonly ids: ReadonlySet<string> };

const THINGS = {
  customer: [
    "customer",
    "account",
    "client",
    "company",
    "organization",
    "organisation",
    "org",
    "tenant",
    "workspace",
    "kunde",
    "kunden",
  ],
  subscription: ["subscription", "contract", "sub", "licence", "license", "agreement", "abo", "vertrag"],
} as const;
const ENDINGS = ["id", "number", "no", "key", "ref", "code", "uuid", "nummer", "nr", ""];
/** Share of a column's different values that are ids known from another file. */
const OVERLAP_MIN = 0.5;
const OVERLAP_VALUES_MIN = 3;

const PHRASES = {
  customer: phrasesOf(THINGS.customer, ["kundennummer", "kundennr"]),
  subscription: phrasesOf(THINGS.subscription, ["vertragsnummer"]),
};

/** Which column of a file names the customer or the subscription of its rows: by its name, else by ids known from elsewhere. */
export function findKey(file: KnownFile, thing: "customer" | "subscription", known: KnownIds | null): Key | null {
  const named = findColumn(file, { phrases: PHRASES[thing], kinds: IDS, fitMin: 0.85 });
  const repeated = known && findByContent(file, known);
  if (named && repeated?.column === named) return { column: named, why: `by its name, and ${repeated.why}` };
  // Ids that are known from elsewhere tell more than a name.
  if (repeated) return repeated;
  return named && { column: named, why: "by its name" };
}

/** The column that tells the rows of a file apart: an id of the thing that it is about, or one that never repeats. */
export function findOwnId(file: KnownFile, not: readonly (ColumnFinding | null)[] = []): Key | null {
  const phrases = [
    "id",
    ...file.about.flatMap((thing) => [`${thing} id`, `${thing} number`, `${thing} no`, `${thing} key`, thing]),
    "event id",
    "number",
    "key",
    "uuid",
    "reference",
    "nummer",
    "nr",
  ];
  const named = findColumn(file, { phrases, kinds: IDS, not, fitMin: 0.5 });
  if (named && named.distinct > named.filled * 0.9) return { column: named, why: "by its name" };
  const unique = file.columns.find((column) => column.kind === "id" && isUnique(column) && !not.includes(column));
  return unique ? { column: unique, why: `no value of it repeats in ${unique.rows} rows` } : null;
}

/** A file that says which customer each of its ids belongs to, such as users with their accounts. */
export type CustomerList = {
  readonly file: string;
  readonly key: string;
  readonly customer: string;
  readonly ids: ReadonlySet<string>;
};

/** The ids of a file whose rows each name a customer; null where its rows are not told apart by an id, or name none. */
export function customerListOf(file: KnownFile, customers: KnownIds | null): CustomerList | null {
  const customer = findKey(file, "customer", customers);
  const own = customer && findOwnId(file, [customer.column]);
  if (!own || !isUnique(own.column) || isUnique(customer.column)) return null;
  return { ...knowIds(file, own), key: own.column.name, customer: customer.column.name };
}

export function knowIds(file: KnownFile, key: Key): KnownIds {
  return { file: file.sample.name, ids: new Set(valuesOf(file, key.column)) };
}

/** The column most of whose values are known ids. */
export function findByContent(file: KnownFile, known: KnownIds): Key | null {
  let best: Key | null = null;
  let bestShare = OVERLAP_MIN;
  for (const column of file.columns) {
    if (!IDS.includes(column.kind)) continue;
    const values = new Set(valuesOf(file, column));
    const shared = [...values].filter((value) => known.ids.has(value)).length;
    if (shared < OVERLAP_VALUES_MIN || shared / values.size < bestShare) continue;
    bestShare = shared / values.size;
    best = { column, why: `${shared} of its ${values.size} values occur in ${known.file}` };
  }
  return best;
}

function phrasesOf(things: readonly string[], more: readonly string[]): string[] {
  return [...ENDINGS.flatMap((ending) => things.map((thing) => `${thing} ${ending}`.trim())), ...more];
}
