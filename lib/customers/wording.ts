import { DateTime } from "luxon";
import type { Unit } from "@/lib/features/definitions/definition";
import { formatValue } from "@/lib/features/definitions/format";

/** A feature's value with its unit; a view that names no unit gets the bare number. */
export function formatFeature(value: number, unit: string | undefined): string {
  if (unit !== undefined && isUnit(unit)) return formatValue(value, unit);
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

/** Cents as money, with the cents only where there are any. */
export function formatMoney(cents: number, currency: string): string {
  const minimumFractionDigits = cents % 100 === 0 ? 0 : 2;
  return (cents / 100).toLocaleString("en-US", { style: "currency", currency, minimumFractionDigits });
}

/** "16 Nov 2026" in the company's zone. */
export function formatDay(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat("d LLL yyyy");
}

const UNITS: ReadonlySet<string> = new Set<Unit>([
  "people",
  "seats",
  "days",
  "hours",
  "months",
  "count",
  "share",
  "percent",
  "cents",
  "rating",
  "yes_no",
]);

function isUnit(unit: string): unit is Unit {
  return UNITS.has(unit);
}
