import { expect, test } from "vitest";
import { MappingSchema } from "@/lib/ingest/mapping/contract";
import { describeProblem } from "./problem-place";

const mapping = MappingSchema.parse({
  source: "billing",
  files: [
    {
      name: "contracts.csv",
      header: ["id"],
      outputs: [
        { to: "customers.csv", columns: { customer_id: { column: "id" } } },
        { to: "subscription_events.csv", columns: { kind: { constant: "start" } } },
      ],
    },
  ],
});

test.each([
  [
    "an output and the kind of its events",
    ["files", 0, "outputs", 1, "columns"],
    "contracts.csv, subscription_events.csv, start: wrong",
  ],
  ["an output", ["files", 0, "outputs", 0, "columns", "name"], "contracts.csv, customers.csv: wrong"],
  ["a file", ["files", 0, "name"], "contracts.csv: wrong"],
  ["the mapping as a whole", [], "wrong"],
])("a problem names %s that it is in", (_where, path, expected) => {
  expect(describeProblem({ path, message: "wrong" }, mapping)).toBe(expected);
});
