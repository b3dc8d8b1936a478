import { describe, expect, test } from "vitest";
import type { Mapping } from "@/lib/ingest/mapping/contract";
import type { ColumnFinding, FileProposal, MappingProposal } from "@/lib/mapping-proposals/contract";
import { type EditorAction, type EditorFile, reduceEditor, sampleOf, toEditor, toMapping } from "./editor-state";

const MAPPING: Mapping = {
  source: "billing",
  files: [
    {
      name: "accounts*.csv",
      delimiter: ",",
      header: ["id", "name"],
      outputs: [{ to: "customers.csv", when: [], columns: { customer_id: { column: "id" } } }],
    },
    { name: "extra.csv", delimiter: ";", header: ["a"], outputs: [] },
  ],
};

function proposalOf(name: string): MappingProposal {
  const proposal: FileProposal = {
    role: "customers",
    why: "one row for each customer",
    columns: [],
    outputs: [{ why: "each row", columns: { customer_id: "by its name", name: "by its name" }, missing: [] }],
    notes: [],
  };
  const file = MAPPING.files[0] as Mapping["files"][number];
  return {
    mapping: {
      source: "billing",
      files: [
        {
          ...file,
          name,
          outputs: [
            { to: "customers.csv", when: [], columns: { customer_id: { column: "id" }, name: { column: "name" } } },
          ],
        },
      ],
    },
    files: [proposal],
  };
}

function after(files: readonly EditorFile[], ...actions: EditorAction[]): Mapping {
  return toMapping("billing", actions.reduce(reduceEditor, files));
}

test("a mapping that is opened and not changed stays the same", () => {
  expect(toMapping("billing", toEditor(MAPPING))).toEqual(MAPPING);
});

test("a proposal for a file that is mapped already takes its place, others stay", () => {
  const names = after(toEditor(MAPPING), {
    do: "propose",
    proposal: proposalOf("accounts-2026.csv"),
    keep: false,
  }).files.map(({ name }) => name);
  expect(names).toEqual(["extra.csv", "accounts-2026.csv"]);
});

test("a further sample of a file that is mapped tells what its columns look like, and changes nothing", () => {
  const proposal = proposalOf("accounts-2026.csv");
  const finding = {
    name: "id",
    kind: "id",
    rows: 1,
    filled: 1,
    distinct: 1,
    words: [],
    format: null,
    why: "",
    doubt: null,
  };
  const file = { ...(proposal.files[0] as FileProposal), columns: [finding as ColumnFinding] };
  const next = reduceEditor(toEditor(MAPPING), { do: "propose", proposal: { ...proposal, files: [file] }, keep: true });
  expect(toMapping("billing", next)).toEqual(MAPPING);
  expect(next[0]?.findings).toEqual([finding]);
  const other = reduceEditor(next, { do: "propose", proposal: proposalOf("orders.csv"), keep: true });
  expect(other.map((one) => one.file.name)).toEqual(["accounts*.csv", "extra.csv", "orders.csv"]);
});

test("a column that is chosen loses the reason of its proposal, the others keep theirs", () => {
  const files = reduceEditor([], { do: "propose", proposal: proposalOf("accounts.csv"), keep: false });
  const file = files[0] as EditorFile;
  const at = { file: file.key, output: file.outputs[0]?.key ?? "" };
  const next = reduceEditor(files, { do: "set-value", ...at, column: "name", value: { constant: "X" } });
  expect(next[0]?.outputs[0]?.reasons?.columns).toEqual({ customer_id: "by its name" });
  expect(toMapping("billing", next).files[0]?.outputs[0]?.columns.name).toEqual({ constant: "X" });
});

test("a column that comes from nowhere is left out of the mapping", () => {
  const files = toEditor(MAPPING);
  const at = { file: "accounts*.csv", output: files[0]?.outputs[0]?.key ?? "" };
  const next = after(files, { do: "set-value", ...at, column: "customer_id", value: null });
  expect(next.files[0]?.outputs[0]?.columns).toEqual({});
});

describe("outputs", () => {
  test("an output that is added behind a removed one gets a key of its own", () => {
    let files: readonly EditorFile[] = toEditor(MAPPING);
    const file = "accounts*.csv";
    for (const to of ["tickets.csv", "payments.csv"] as const)
      files = reduceEditor(files, { do: "add-output", file, to });
    files = reduceEditor(files, { do: "remove-output", file, output: files[0]?.outputs[1]?.key ?? "" });
    files = reduceEditor(files, { do: "add-output", file, to: "usage.csv" });
    const outputs = files[0]?.outputs ?? [];
    expect(outputs.map(({ output }) => output.to)).toEqual(["customers.csv", "payments.csv", "usage.csv"]);
    expect(new Set(outputs.map(({ key }) => key)).size).toBe(3);
  });

  test("a change touches the output that is meant, and not the state before it", () => {
    const files = toEditor(MAPPING);
    const before = JSON.stringify(files);
    const at = { file: "accounts*.csv", output: files[0]?.outputs[0]?.key ?? "" };
    const next = after(files, { do: "set-conditions", ...at, when: [{ column: "id", is: "filled" }] });
    expect(next.files[0]?.outputs[0]?.when).toEqual([{ column: "id", is: "filled" }]);
    expect(JSON.stringify(files)).toBe(before);
  });
});

test.each([
  ["accounts*.csv", "Accounts-2026-03.csv", true],
  ["accounts.csv", "my-accounts.csv", false],
  ["a.csv", "abcsv", false],
  ["*", "anything", true],
])("a file fits the name of a mapping: %s, %s", (pattern, name, fits) => {
  const sample = { name, delimiter: "," as const, header: [], rows: [] };
  expect(sampleOf(pattern, [sample]) !== undefined).toBe(fits);
});
