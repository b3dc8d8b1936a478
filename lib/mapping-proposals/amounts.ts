type Separator = "." | ",";

export type AmountFinding = {
  readonly decimal: Separator;
  readonly thousands: "," | "." | " " | "'" | "";
  /** Values that read as numbers. */
  readonly read: number;
  readonly whole: boolean;
  readonly negative: number;
  /** Values with a currency's sign or code. */
  readonly currency: number;
  /** Whether the one separator that occurs parts thousands or decimals cannot be told. */
  readonly ambiguous: boolean;
};

const READ_SHARE_MIN = 0.9;
const CURRENCY = /^(?:[$€£¥]|[A-Z]{3}\b)\s*|\s*(?:[$€£¥]|\b[A-Z]{3})$/;
const BLANKS = /[\u0020\u00a0\u202f]/g;

/**
 * How the values of a column are read as numbers: decimal and thousands sign, signs of the currency, minus or
 * parentheses for negative ones. Null where they are no numbers. `assumed` settles a lone "1.234" or "1,234".
 */
export function findAmountFormat(values: readonly string[], assumed: Separator): AmountFinding | null {
  const parts = values.map(bare);
  const numbers = parts.filter((part) => part !== null);
  if (numbers.length === 0 || numbers.length < values.length * READ_SHARE_MIN) return null;
  const votes = { ".": 0, ",": 0 };
  const grouping = new Set<"," | "." | " " | "'">();
  let open: Separator | null = null;
  for (const { digits } of numbers) {
    if (digits.includes("'")) grouping.add("'");
    if (digits.includes(" ")) grouping.add(" ");
    const points = digits.split(".").length - 1;
    const commas = digits.split(",").length - 1;
    if (points > 0 && commas > 0) {
      const decimal = digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
      votes[decimal] += 1;
      grouping.add(other(decimal));
      continue;
    }
    if (points + commas === 0) continue;
    const sign: Separator = points > 0 ? "." : ",";
    if (points + commas > 1) grouping.add(sign);
    else if (digits.length - digits.indexOf(sign) - 1 === 3 && !digits.startsWith("0")) open = sign;
    else votes[sign] += 1;
  }
  const groupedBy: Separator | null = grouping.has(".") ? "." : grouping.has(",") ? "," : null;
  const told = votes["."] + votes[","] > 0;
  const decimal: Separator = told ? (votes["."] >= votes[","] ? "." : ",") : groupedBy ? other(groupedBy) : assumed;
  const whole = !told && numbers.every(({ digits }) => !digits.includes(decimal));
  return {
    decimal,
    thousands: grouping.has("'") ? "'" : grouping.has(" ") ? " " : (groupedBy ?? other(decimal)),
    read: numbers.length,
    whole,
    negative: numbers.filter(({ negative }) => negative).length,
    currency: numbers.filter(({ currency }) => currency).length,
    ambiguous: open !== null && !told && groupedBy === null,
  };
}

/** Digits and separators of a number; null where the text is none. */
function bare(value: string): { digits: string; negative: boolean; currency: boolean } | null {
  let text = value.trim();
  const inParentheses = /^\((.*)\)$/.exec(text);
  if (inParentheses) text = (inParentheses[1] as string).trim();
  const sign = /^[-+\u2212]|[-\u2212]$/.exec(text);
  if (sign) text = text.replace(/^[-+\u2212]|[-\u2212]$/, "").trim();
  const withoutCurrency = text.replace(CURRENCY, "");
  const currency = withoutCurrency !== text;
  const inner = /^[-+\u2212]/.exec(withoutCurrency);
  const digits = withoutCurrency
    .replace(/^[-+\u2212]/, "")
    .replace(BLANKS, " ")
    .trim();
  if (!/^\d{1,3}(?:[ .,']\d{3})*(?:[.,]\d+)?$|^\d+(?:[.,]\d+)?$/.test(digits)) return null;
  const minus = (found: RegExpExecArray | null) => found !== null && found[0] !== "+";
  return { digits, negative: inParentheses !== null || minus(sign) || minus(inner), currency };
}

function other(sign: Separator): Separator {
  return sign === "." ? "," : ".";
}
