import { ACCOUNT_WEEKLY } from "@/lib/features/definitions/account-weekly";
import { type FeatureDefinition, THEMES, type Theme, tellFeature } from "@/lib/features/definitions/definition";
import { formatValue } from "@/lib/features/definitions/format";
import { peerGroupWords } from "@/lib/features/peer-group";
import type { ExplainedTheme, Explanation, PeerRanges, Reason } from "./contract";

/** Themes that move the log-odds by less than this are no reason: about one point of probability at even odds. */
const REASON_LOG_ODDS_MIN = 0.05;

/**
 * Why a customer has its probability, in plain sentences. Contributions are summed by theme, so that the leading
 * reasons are different things and not variants of one; each theme is told by its feature with the largest contribution
 * in the theme's direction, of those that have a value and lie outside what is typical: an absence, or a value like
 * everybody's, is nothing that a person would name as a reason. Themes add up to the sum of the contributions. Deterministic: sorted by size, then by the
 * order of themes. Every number in a sentence comes from `values`.
 * @param args.columns names of the view's columns. @param args.values of this row, NaN where missing.
 * @param args.contributions log-odds by column, without the bias; a longer array's rest is not read.
 * @param args.ranges what is usual among this customer's peers.
 * @throws RangeError where values or contributions are fewer than columns.
 */
export function explainRow(args: {
  columns: readonly string[];
  values: ArrayLike<number>;
  contributions: ArrayLike<number>;
  ranges?: PeerRanges;
}): Explanation {
  const { columns, values, contributions } = args;
  if (values.length < columns.length || contributions.length < columns.length)
    throw new RangeError(
      `explanation: ${columns.length} columns but ${values.length} values and ${contributions.length} contributions`,
    );
  const { definitions, positions } = lookUp(columns);
  const sums = new Map<ExplainedTheme, number>();
  definitions.forEach((definition, i) => {
    const theme = definition?.theme ?? "other";
    sums.set(theme, (sums.get(theme) ?? 0) + (contributions[i] as number));
  });
  const themes = [...sums]
    .map(([theme, logOdds]) => ({ theme, logOdds }))
    .sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds) || ORDER.indexOf(a.theme) - ORDER.indexOf(b.theme));
  const readValue = (name: string) => {
    const at = positions.get(name);
    return at === undefined ? Number.NaN : (values[at] as number);
  };
  const reasons = themes.flatMap(({ theme, logOdds }): Reason[] => {
    if (theme === "other" || Math.abs(logOdds) < REASON_LOG_ODDS_MIN) return [];
    const isTold = (name: string) => {
      const value = readValue(name);
      return !Number.isNaN(value) && !isTypical(value, args.ranges?.of.get(name));
    };
    const leader = leadingFeature({ theme, sign: Math.sign(logOdds), definitions, contributions, isTold });
    if (!leader) return [];
    const typical = typicalWords(leader, args.ranges);
    return [
      {
        feature: leader.name,
        theme,
        direction: logOdds > 0 ? "raises" : "lowers",
        logOdds,
        text: tellFeature(leader, readValue),
        ...(typical === null ? {} : { typical }),
      },
    ];
  });
  return { themes, reasons };
}

/** Within the middle half of its peers. Where all of that half are alike, only the very same value is typical. */
function isTypical(value: number, range: { p25: number | null; p75: number | null } | undefined): boolean {
  return range?.p25 != null && range.p75 != null && value >= range.p25 && value <= range.p75;
}

/** "typical for Team accounts of 5–9 seats: 4 to 9"; null where it is not known or the feature is yes or no. */
function typicalWords(feature: FeatureDefinition, ranges: PeerRanges | undefined): string | null {
  const range = ranges?.of.get(feature.name);
  if (!ranges || range?.p25 == null || range.p75 == null || feature.unit === "yes_no") return null;
  const [low, high] = [formatValue(range.p25, feature.unit), formatValue(range.p75, feature.unit)];
  const among = `typical for ${peerGroupWords(ranges.peerGroup)}`;
  if (low === high) return `${among}: ${low}`;
  // The unit once: "4 to 9 people", "35% to 80%".
  const bare = low.replace(/ .*$/, "");
  return `${among}: ${/^-?[\d.,]+$/.test(bare) ? bare : low} to ${high}`;
}

const BY_NAME = new Map(ACCOUNT_WEEKLY.features.map((feature) => [feature.name, feature]));
const ORDER: readonly ExplainedTheme[] = [...(Object.keys(THEMES) as Theme[]), "other"];

type Lookup = { definitions: (FeatureDefinition | undefined)[]; positions: Map<string, number> };

/** A run explains thousands of rows with one array of columns. */
const lookups = new WeakMap<readonly string[], Lookup>();

function lookUp(columns: readonly string[]): Lookup {
  const known = lookups.get(columns);
  if (known) return known;
  const made = {
    definitions: columns.map((name) => BY_NAME.get(name)),
    positions: new Map(columns.map((name, i) => [name, i])),
  };
  lookups.set(columns, made);
  return made;
}

function leadingFeature(args: {
  theme: Theme;
  sign: number;
  definitions: Lookup["definitions"];
  contributions: ArrayLike<number>;
  isTold: (feature: string) => boolean;
}): FeatureDefinition | undefined {
  let leader: FeatureDefinition | undefined;
  let most = 0;
  args.definitions.forEach((definition, i) => {
    const part = args.sign * (args.contributions[i] as number);
    if (definition?.theme !== args.theme || part <= most || !args.isTold(definition.name)) return;
    leader = definition;
    most = part;
  });
  return leader;
}
