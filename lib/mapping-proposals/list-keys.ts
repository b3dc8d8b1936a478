import type { ColumnFinding } from "./contract";
import { findKey, findOwnId, type Key } from "./keys";
import { findColumn, isUnique, type KnownFile } from "./known-file";
import { subscriptionStart } from "./recipes/subscriptions";
import { namedAs } from "./role-names";

/** Whether a file lists customers, one a row, and by which column: found before all else, since other files name its ids. */
export function customerListKey(file: KnownFile): Key | null {
  const key = findKey(file, "customer", null) ?? (namedAs(file, "customers") ? findOwnId(file) : null);
  if (key === null || !isUnique(key.column)) return null;
  if (namedAs(file, "customers")) return key;
  return hasName(file) && subscriptionStart(file) === null ? key : null;
}

/** The column of a list of subscriptions, one a row, that tells them apart. */
export function subscriptionListKey(file: KnownFile): Key | null {
  const key = findKey(file, "subscription", null) ?? (namedAs(file, "subscriptions") ? findOwnId(file) : null);
  return key && key.column.distinct > key.column.filled * 0.95 && subscriptionStart(file) ? key : null;
}

/** The column with the name of a company. */
export function hasName(file: KnownFile): ColumnFinding | null {
  return findColumn(file, {
    phrases: ["name", "company name", "account name", "customer name", "organization name", "firma"],
    kinds: ["text", "id", "words"],
  });
}
