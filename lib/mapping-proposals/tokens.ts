/** Say in which zone a time is, not what the column is. */
const ZONES = ["utc", "gmt"];

/** A column's or file's name as words in lower case: "CustomerID", "customer-id" and "Customer Id" are the same. */
export function tokenize(name: string): string[] {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((token) => token !== "" && !ZONES.includes(token));
}

/** A name as one phrase of its tokens. */
export function phrase(name: string): string {
  return tokenize(name).join(" ");
}

/**
 * How well a column's name fits one of several phrases, 0 to 1: the same words, the same but for the thing the file is
 * about ("subscription_status" in a file of subscriptions), the phrase at its end, or somewhere in it. Earlier phrases win.
 */
export function nameFit(name: string, phrases: readonly string[], about: readonly string[] = []): number {
  const tokens = tokenize(name);
  const whole = tokens.join(" ");
  const withoutThing = tokens.filter((token) => !about.includes(token)).join(" ");
  let best = 0;
  phrases.forEach((wanted, index) => {
    const earlier = 1 - index / (phrases.length * 20);
    let fit = 0;
    if (whole === wanted) fit = 1;
    else if (withoutThing === wanted && withoutThing !== "") fit = 0.9;
    else if (whole.endsWith(` ${wanted}`)) fit = 0.6;
    else if (whole.startsWith(`${wanted} `) || whole.includes(` ${wanted} `)) fit = 0.5;
    best = Math.max(best, fit * earlier);
  });
  return best;
}
