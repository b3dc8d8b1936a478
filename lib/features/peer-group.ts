/** Comparable customers share a plan and a band of seats: what is typical for them is what a value is compared with. */
export const SIZE_BANDS = [
  { upTo: 1, key: "1", words: "1 seat" },
  { upTo: 4, key: "2-4", words: "2–4 seats" },
  { upTo: 9, key: "5-9", words: "5–9 seats" },
  { upTo: 24, key: "10-24", words: "10–24 seats" },
  { upTo: 99, key: "25-99", words: "25–99 seats" },
  { upTo: Number.POSITIVE_INFINITY, key: "100+", words: "100 or more seats" },
] as const;

/** The peer group of all customers together. */
export const EVERYONE = "*";

/** Stands for a plan that the source does not name. */
export const UNKNOWN_PLAN = "unknown plan";

/** The key under which rows and ranges are stored: "Team|5-9". */
export function peerGroupOf(plan: string | null, seats: number): string {
  const band = SIZE_BANDS.find(({ upTo }) => seats <= upTo) ?? SIZE_BANDS[SIZE_BANDS.length - 1];
  return `${plan ?? UNKNOWN_PLAN}|${(band as (typeof SIZE_BANDS)[number]).key}`;
}

/** "Team accounts of 5–9 seats", "all accounts"; a key of another form is shown as it is. */
export function peerGroupWords(peerGroup: string): string {
  if (peerGroup === EVERYONE) return "all accounts";
  const at = peerGroup.lastIndexOf("|");
  const band = SIZE_BANDS.find(({ key }) => key === peerGroup.slice(at + 1));
  return at > 0 && band ? `${peerGroup.slice(0, at)} accounts of ${band.words}` : peerGroup;
}
