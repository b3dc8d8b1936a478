import type { Unit } from "./definition";

// Made once: a week's reasons format some hundred thousand numbers, and a formatter costs far more to make than to use.
const PLAIN = [0, 1].map((digits) => new Intl.NumberFormat("en-US", { maximumFractionDigits: digits }));
const MONEY = new Map<string, Intl.NumberFormat>();

/** A value with its unit in words, as pages and sentences show it; NaN is "no value". Money in the reporting currency. */
export function formatValue(value: number, unit: Unit, currency = "USD"): string {
  if (Number.isNaN(value)) return "no value";
  switch (unit) {
    case "people":
      return counted(value, "person", "people");
    case "seats":
      return counted(value, "seat");
    case "days":
      return counted(value, "day");
    case "hours":
      return counted(value, "hour");
    case "months":
      return counted(value, "month");
    case "count":
      return plainNumber(value);
    case "share":
      return percent(value);
    case "percent":
      return `${plainNumber(value)}%`;
    case "cents":
      return moneyFormat(currency).format(value / 100);
    case "rating":
      return `${plainNumber(value)} of 5`;
    case "yes_no":
      return value > 0.5 ? "yes" : "no";
  }
}

/** Whole from 10 on, one decimal below; grouped by thousands. */
export function plainNumber(value: number): string {
  const digits = Math.abs(value) >= 10 ? 0 : 1;
  const rounded = Number(value.toFixed(digits));
  return (PLAIN[digits] as Intl.NumberFormat).format(Object.is(rounded, -0) ? 0 : rounded);
}

/** A share as a whole percentage: 0.354 is "35%". */
export function percent(share: number): string {
  return `${plainNumber(Math.round(share * 100))}%`;
}

/** "1 day", "3 days". */
export function counted(value: number, one: string, many = `${one}s`): string {
  const shown = plainNumber(value);
  return `${shown} ${shown === "1" ? one : many}`;
}

function moneyFormat(currency: string): Intl.NumberFormat {
  const known = MONEY.get(currency);
  if (known) return known;
  const made = new Intl.NumberFormat("en-US", { style: "currency", currency, maximumFractionDigits: 0 });
  MONEY.set(currency, made);
  return made;
}
