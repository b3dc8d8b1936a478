import { formatPercent } from "@/components/ui/format";
import type { Measured } from "@/lib/retention/contract";

/** A percentage as typed, with point or comma and with or without the sign, as a share; null where nothing is typed. */
export function readPercent(typed: string): number | null | "not_a_percentage" {
  const text = typed.trim().replace(/\s*%$/, "").replace(",", ".");
  if (text === "") return null;
  if (!/^\d{1,3}(\.\d+)?$/.test(text) || Number(text) > 100) return "not_a_percentage";
  return Number(text) / 100;
}

/** How finance's figure and the data's compare, and whether the difference (or the missing figure) has to be explained. */
export function compareWords(
  rate: ReturnType<typeof readPercent>,
  average: Measured,
): { says: string; noteNeeded: boolean } {
  if (rate === "not_a_percentage") return { says: "", noteNeeded: false };
  if (rate === null)
    return { says: "Without finance's figure, say in the note what you compared the months with.", noteNeeded: true };
  if (average.state !== "measured")
    return { says: "The data has too few customers for an average; compare the counts.", noteNeeded: false };
  const { low, high } = average.proportion;
  if (rate >= low && rate <= high)
    return { says: `${formatPercent(rate, 1)} lies within the data's interval: they agree.`, noteNeeded: false };
  const side = rate < low ? "below" : "above";
  return {
    says: `${formatPercent(rate, 1)} lies ${side} the data's interval. If both are right, say why: other customers counted, another day that counts, trials, seats.`,
    noteNeeded: true,
  };
}
