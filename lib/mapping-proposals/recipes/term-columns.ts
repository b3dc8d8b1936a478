import { asMoney, asNumber, asText, asWords, constant, type Proposed } from "../draft";
import { findColumn, type KnownFile, VOCABULARY } from "../known-file";
import { TERM_WORDS } from "../vocabulary";

/** Plan, seats, price per seat and month, and term. */
export function termColumns(file: KnownFile): { columns: Record<string, Proposed | null>; notes: string[] } {
  const plan = findColumn(file, {
    phrases: [
      "plan",
      "plan name",
      "plan tier",
      "product",
      "product name",
      "tier",
      "package",
      "edition",
      "sku",
      "tarif",
    ],
    kinds: ["words", "text", "id"],
  });
  const seats = findColumn(file, {
    phrases: [
      "seats",
      "seat count",
      "quantity",
      "licenses",
      "licences",
      "number of seats",
      "user count",
      "users",
      "lizenzen",
      "anzahl",
    ],
    kinds: ["number"],
  });
  const unit = findColumn(file, {
    phrases: [
      "unit price cents",
      "unit price",
      "price per seat",
      "seat price",
      "unit amount",
      "price per user",
      "unit amount cents",
    ],
    kinds: ["number"],
    not: [seats],
  });
  const monthly = findColumn(file, {
    phrases: [
      "mrr",
      "mrr amount",
      "mrr cents",
      "monthly recurring revenue",
      "monthly amount",
      "monthly price",
      "monthly fee",
      "monthly charge",
      "monthly revenue",
      "price per month",
      "fee per month",
      "monatlich",
      "monatspreis",
      "monatsgebuhr",
    ],
    kinds: ["number"],
    not: [seats, unit],
  });
  const term = findColumn(file, {
    phrases: [
      "term months",
      "billing frequency",
      "billing interval",
      "billing period",
      "billing cycle",
      "interval",
      "term",
      "frequency",
      "abrechnung",
    ],
    kinds: ["number", ...VOCABULARY],
    not: [seats],
  });
  const price = unit ? asMoney(file, unit) : asMoney(file, monthly, seats ? { dividedBy: seats.name } : {});
  const notes = [];
  if (!unit && !monthly)
    notes.push(
      "No column gives revenue by month or price by seat and month; other amounts depend on their period, so none is proposed.",
    );
  return {
    columns: {
      plan: asText(plan),
      seats: seats ? asNumber(file, seats) : constant("1", "no column gives seats: the subscription counts as one"),
      unit_price_cents: price,
      term_months: term && (term.kind === "number" ? asNumber(file, term) : asWords(term, TERM_WORDS)),
    },
    notes,
  };
}
