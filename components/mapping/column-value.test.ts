import { expect, test } from "vitest";
import type { CanonicalColumn } from "@/lib/ingest/contract";
import type { Format } from "@/lib/ingest/mapping/contract";
import type { ColumnFinding } from "@/lib/mapping-proposals/contract";
import { valueOfColumn } from "./column-value";

const TIME: Format = { kind: "time", forms: ["dd.MM.yyyy"] };
const NUMBER: Format = { kind: "number", decimal: ",", thousands: ".", negative: "refuse" };

test.each<[string, string, CanonicalColumn["type"], Format | null, Format | undefined]>([
  ["dates of the file's own form are read as such", "occurred_at", "timestamptz", TIME, TIME],
  ["amounts become cents", "amount_cents", "integer", NUMBER, { ...NUMBER, kind: "money" } as Format],
  ["counts stay numbers", "seats", "integer", NUMBER, NUMBER],
  ["texts are taken as they stand", "name", "text", TIME, undefined],
  ["a format that gives something else is not taken", "occurred_at", "timestamptz", NUMBER, undefined],
  ["nothing found out, nothing assumed", "occurred_at", "timestamptz", null, undefined],
])("a column that is chosen: %s", (_rule, name, type, found, format) => {
  const column: CanonicalColumn = { name, type, required: true, requiredFor: [], expected: "", words: [] };
  const finding: ColumnFinding = {
    name: "X",
    kind: "text",
    rows: 1,
    filled: 1,
    distinct: 1,
    words: [],
    format: found,
    why: "",
    doubt: null,
  };
  expect(valueOfColumn("X", column, finding).format).toEqual(format);
});
