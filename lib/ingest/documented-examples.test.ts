import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FILE_SPECS } from "./files";
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
