import { parseArgs } from "node:util";

/** What `npm start -- …` was asked. `demo` is what to pass on to the seeding of the demo company. */
export type StartArguments = { readonly empty: boolean; readonly adminEmail: string; readonly demo: readonly string[] };

/** An argument of a command is wrong; the message is one line for people. */
export class ArgumentError extends Error {
  override name = "ArgumentError";
}

/** @throws ArgumentError naming the argument, its value and what is expected. */
export function parseStartArguments(words: readonly string[]): StartArguments {
  const { values } = parseOptions(words);
  for (const [name, check] of Object.entries(DEMO_OPTIONS)) {
    const value = values[name as keyof typeof DEMO_OPTIONS];
    if (value !== undefined && !check.pattern.test(value)) {
      throw new ArgumentError(`--${name} is "${value}": expected ${check.expected}`);
    }
  }
  const demo = Object.keys(DEMO_OPTIONS).flatMap((name) => {
    const value = values[name as keyof typeof DEMO_OPTIONS];
    return value === undefined ? [] : [`--${name}`, value];
  });
  if (values.empty && demo.length > 0) {
    throw new ArgumentError(`${demo[0]} is about the demo company, which --empty leaves out: give one or the other`);
  }
  return { empty: values.empty ?? false, adminEmail: values["admin-email"] ?? "admin@tideline.example", demo };
}

const DEMO_OPTIONS = {
  customers: { pattern: /^[1-9]\d{0,5}$/, expected: "a number of customers such as 10000" },
  weeks: { pattern: /^[1-9]\d{0,2}$/, expected: "a number of weeks such as 78" },
  seed: { pattern: /^\d{1,9}$/, expected: "a whole number such as 1" },
  signal: { pattern: /^(low|medium|high)$/, expected: "low, medium or high" },
  until: { pattern: /^\d{4}-\d{2}-\d{2}$/, expected: "a date such as 2026-11-16" },
};

function parseOptions(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        empty: { type: "boolean" },
        "admin-email": { type: "string" },
        customers: { type: "string" },
        weeks: { type: "string" },
        seed: { type: "string" },
        signal: { type: "string" },
        until: { type: "string" },
      },
    });
  } catch (error) {
    throw new ArgumentError((error as Error).message);
  }
}
