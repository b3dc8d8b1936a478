import { parseArgs } from "node:util";
import { type Settings, SettingsSchema } from "@/lib/settings/contract";

/** What `npm start -- …` was asked. */
export type StartArguments = {
  /** What a first start makes; ask: that was left open. */
  readonly choice: "demo" | "own" | "ask";
  readonly adminEmail: string;
  /** The company's settings that an installation of one's own begins with. */
  readonly company: Partial<Pick<Settings, "companyName" | "zone" | "currency" | "weekStart">>;
  /** What to pass on to the seeding of the demo company. */
  readonly demo: readonly string[];
};

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
  const aboutDemo = values.demo ? "--demo" : demo[0];
  if (values.empty && aboutDemo) {
    throw new ArgumentError(`${aboutDemo} is about the demo company, which --empty leaves out: give one or the other`);
  }
  const company = parseCompany(values);
  const [aboutCompany] = Object.keys(company);
  if (!values.empty && aboutCompany) {
    throw new ArgumentError(
      "--company, --zone, --currency and --week-start are about an installation of your own: add --empty",
    );
  }
  return {
    choice: values.empty ? "own" : aboutDemo ? "demo" : "ask",
    adminEmail: values["admin-email"] ?? "admin@tideline.example",
    company,
    demo,
  };
}

function parseCompany(values: ReturnType<typeof parseOptions>["values"]): StartArguments["company"] {
  const given = {
    companyName: values.company,
    zone: values.zone,
    currency: values.currency,
    weekStart: values["week-start"],
  };
  const options = {
    companyName: "--company",
    zone: "--zone",
    currency: "--currency",
    weekStart: "--week-start",
  } as const;
  const company: Partial<Record<keyof typeof options, string>> = {};
  for (const key of ["companyName", "zone", "currency", "weekStart"] as const) {
    if (given[key] === undefined) continue;
    const value = SettingsSchema.shape[key].safeParse(given[key]);
    if (!value.success)
      throw new ArgumentError(`${options[key]} is "${given[key]}": ${value.error.issues[0]?.message}`);
    company[key] = value.data as string;
  }
  // Each by its own schema, above.
  return company as StartArguments["company"];
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
        demo: { type: "boolean" },
        company: { type: "string" },
        zone: { type: "string" },
        currency: { type: "string" },
        "week-start": { type: "string" },
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
