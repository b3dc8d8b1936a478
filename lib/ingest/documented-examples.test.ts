import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FILE_SPECS } from "./files";
import { ConditionSchema, FormatSchema, ValueSchema } from "./mapping/contract";
import { parseMapping } from "./mapping/parse-mapping";
import { createRowEncoder } from "./row-encoder";
import { createTimeReader } from "./times";

const sections = readFileSync("docs/import.md", "utf8").split("\n## ").slice(1);

describe("docs/import.md", () => {
  it.each(FILE_SPECS.map((spec) => [spec.file, spec] as const))(
    "names every column of %s, and its example is taken",
    (file, spec) => {
      const section = sections.find((text) => text.startsWith(file)) ?? "";
      for (const { name } of spec.columns) expect(section, name).toContain(name);
      const [header = "", ...rows] = (/```csv\n([\s\S]*?)\n```/.exec(section)?.[1] ?? "").split("\n");
      const times = createTimeReader({ zone: "America/New_York", lagHours: 24 });
      const encode = createRowEncoder({
        spec,
        header: header.split(","),
        historical: false,
        receivedAt: new Date(0),
        context: { times, currency: "USD", salt: "x", ascii: true },
      });
      expect(rows.length).toBeGreaterThan(0);
      // The one quoted example holds a comma.
      for (const row of rows) expect(encode(row.replace(/"([^"]*)"/, "quoted").split(","))).toBeTypeOf("string");
    },
  );
});

describe("docs/import.md on mappings", () => {
  const section = sections.find((text) => text.startsWith("Foreign files")) ?? "";
  const part = (title: string) => section.split("\n### ").find((text) => text.startsWith(title)) ?? "";
  /** What stands in backticks and is an object. */
  const examples = (title: string) => [...part(title).matchAll(/`(\{ .*? \})`/g)].map(([, json]) => json as string);

  it("shows a mapping that is taken", () => {
    const json = /```json\n([\s\S]*?)\n```/.exec(section)?.[1] ?? "";
    expect(parseMapping(JSON.parse(json)).files).toHaveLength(1);
  });

  it.each([
    [
      "Values",
      ValueSchema,
      [
        "column",
        "format",
        "words",
        "otherWord",
        "whenEmpty",
        "constant",
        "template",
        "lagHours",
        "customerOfSubscription",
        "customerIn",
      ],
    ],
    [
      "Formats",
      FormatSchema,
      ["text", "time", "money", "number", "boolean", "zone", "plus", "decimal", "thousands", "negative", "dividedBy"],
    ],
    ["Conditions", ConditionSchema, ["filled", "empty", "one-of", "none-of"]],
  ] as const)("explains all %s by examples that are taken", (title, schema, words) => {
    for (const json of examples(title)) expect(schema.safeParse(JSON.parse(json)).error, json).toBeUndefined();
    const shown = examples(title).join();
    for (const word of words) expect(shown).toContain(`"${word}"`);
  });

  it.each(readdirSync("docs/examples"))("docs/examples/%s is taken and named", (file) => {
    expect(section).toContain(`(examples/${file})`);
    expect(parseMapping(JSON.parse(readFileSync(`docs/examples/${file}`, "utf8"))).files).toHaveLength(5);
  });
});
