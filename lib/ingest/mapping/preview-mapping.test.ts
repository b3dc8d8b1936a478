import { describe, expect, test } from "vitest";
import { createTimeReader } from "../times";
import type { Mapping, Output } from "./contract";
import type { SampleFile } from "./editing-contract";
import { previewMapping } from "./preview-mapping";

const ZONE = "America/New_York";

function mappingOf(outputs: Output[], more: Partial<Mapping["files"][number]> = {}): Mapping {
  const header = ["id", "who", "from", "to", "paid"];
  return { source: "billing", files: [{ name: "subs*.csv", delimiter: ",", header, outputs, ...more }] };
}

const SAMPLE: SampleFile = {
  name: "subs-2026.csv",
  delimiter: ",",
  header: ["id", "who", "from", "to", "paid"],
  rows: [
    ["s1", "Müller \\ Co", "05.03.2026", "", "1.234,50 €"],
    ["s2", "c2", "31. März", "", "10,00 €"],
    ["s3", "c3", "06.03.2026", "01.04.2026", "10,00 €"],
    ["s4", "c4", "06.03.2026"],
  ],
};

const START: Output = {
  to: "subscription_events.csv",
  when: [],
  columns: {
    event_id: { template: "{id}-start" },
    customer_id: { column: "who" },
    subscription_id: { column: "id" },
    kind: { constant: "start" },
    occurred_at: { column: "from", format: { kind: "time", forms: ["dd.MM.yyyy"] } },
    plan: { constant: "Team" },
    seats: { constant: "1" },
    unit_price_cents: {
      column: "paid",
      format: { kind: "money", decimal: ",", thousands: ".", negative: "refuse" },
    },
  },
};

function preview(mapping: unknown, samples: SampleFile[] = [SAMPLE]) {
  return previewMapping({
    mapping,
    samples,
    zone: ZONE,
    receivedAt: new Date("2026-05-01T00:00:00Z"),
    context: { times: createTimeReader({ zone: ZONE, lagHours: 24 }), currency: "EUR", salt: "s", ascii: false },
  });
}

describe("the rows that a mapping makes", () => {
  const { problems, outputs } = preview(mappingOf([START]));

  test("stand as they would be imported: days in the company's zone, money in cents, texts as they are", () => {
    expect(problems).toEqual([]);
    const [first] = outputs[0]?.rows ?? [];
    const values = first && "values" in first ? first.values : [];
    expect(Object.fromEntries(outputs[0]?.header.map((name, at) => [name, values[at]]) ?? [])).toEqual({
      event_id: "s1-start",
      customer_id: "Müller \\ Co",
      subscription_id: "s1",
      kind: "start",
      occurred_at: "2026-03-05T05:00:00.000Z",
      plan: "Team",
      seats: "1",
      unit_price_cents: "123450",
    });
  });

  test("that do not fit are told by line, the file's own column and value", () => {
    expect(outputs[0]?.rows[1]).toMatchObject({ line: 3, column: "from", value: "31. März" });
    expect(outputs[0]?.rows[3]).toMatchObject({
      line: 5,
      column: null,
      reason: "expected 5 fields as in the header, found 3",
    });
    expect(outputs[0]).toMatchObject({ good: 2, bad: 2, unused: 0 });
  });
});

test("rows that the conditions leave out are counted, not shown", () => {
  const end: Output = { ...START, when: [{ column: "to", is: "filled" }] };
  const sample = { ...SAMPLE, rows: SAMPLE.rows.slice(0, 3) };
  expect(preview(mappingOf([end]), [sample]).outputs[0]).toMatchObject({ good: 1, bad: 0, unused: 2 });
});

describe("what is wrong is told at its place", () => {
  test.each<[string, unknown, (string | number)[], string]>([
    [
      "a required column of an output that comes from nowhere",
      mappingOf([{ ...START, columns: { ...START.columns, customer_id: undefined as never } }].map(withoutUndefined)),
      ["files", 0, "outputs", 0, "columns", "customer_id"],
      'says nothing of the required column "customer_id"',
    ],
    [
      "a column that is not in the header",
      mappingOf([{ ...START, columns: { ...START.columns, plan: { column: "tier" } } }]),
      ["files", 0, "outputs", 0, "columns", "plan"],
      'the header has no column "tier"',
    ],
    [
      "a condition without words",
      mappingOf([
        {
          ...START,
          when: [
            { column: "to", is: "filled" },
            { column: "who", is: "one-of" },
          ],
        },
      ]),
      ["files", 0, "outputs", 0, "when", 1],
      "one-of needs words",
    ],
    [
      "a form of time that is none",
      mappingOf([
        {
          ...START,
          columns: {
            ...START.columns,
            occurred_at: { column: "from", format: { kind: "time", forms: ["yesterday"] } },
          },
        },
      ]),
      ["files", 0, "outputs", 0, "columns", "occurred_at"],
      '"yesterday" is no form of time',
    ],
    [
      "an empty form of time, in the middle of typing",
      mappingOf([
        {
          ...START,
          columns: { ...START.columns, occurred_at: { column: "from", format: { kind: "time", forms: [""] } } },
        },
      ]),
      ["files", 0, "outputs", 0, "columns", "occurred_at", "format", "forms", 0],
      "Too small: expected string to have >=1 characters",
    ],
    [
      "another header than the mapping was made for",
      mappingOf([START], { header: ["id", "who", "from", "to", "paid", "seats"] }),
      ["files", 0, "header"],
      "the header of subs-2026.csv is another one than the mapping was made for: seats is missing",
    ],
  ])("%s", (_rule, mapping, path, message) => {
    const { problems, outputs } = preview(mapping);
    expect(problems).toContainEqual({ path, message });
    expect(outputs).toEqual([]);
  });

  test("a mapping that makes nothing", () => {
    expect(preview(mappingOf([])).problems).toEqual([{ path: [], message: "no file has an output" }]);
  });
});

test("a file without a sample has no rows to show", () => {
  expect(preview(mappingOf([START]), [{ ...SAMPLE, name: "other.csv" }])).toEqual({ problems: [], outputs: [] });
});

function withoutUndefined(output: Output): Output {
  return { ...output, columns: Object.fromEntries(Object.entries(output.columns).filter(([, value]) => value)) };
}
