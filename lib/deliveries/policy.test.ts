import { expect, test } from "vitest";
import { archiveName, changedFiles, contentHash, decide, isExpired, isUnfinished, keptName } from "./policy";

const file = (name: string, sha256: string) => ({ name, sha256, bytes: 1 });

test.each([
  ["a plain name stays", "usage.csv", "usage.csv"],
  ["the ending is kept in lower case", "USAGE.CSV", "USAGE.csv"],
  ["folders that a program sends along fall away", "C:\\exports\\usage.csv", "usage.csv"],
  ["a name can't lead out of its folder", "../../etc/usage.csv", "usage.csv"],
  ["letters with marks are composed", "U\u0308bersicht.csv", "\u00dcbersicht.csv"],
])("%s", (_rule, given, name) => expect(keptName(given)).toEqual({ name }));

test.each([
  ["another ending", "usage.xlsx"],
  ["no name before the ending", ".csv"],
  ["a hidden file", ".usage.csv"],
  ["the folder above", ".."],
  ["a line break", "a\nb.csv"],
  ["a NUL", "a\0.csv"],
  ["more bytes than a file name may have", `${"ü".repeat(100)}.csv`],
])("%s is no name for a file", (_rule, given) => expect(keptName(given)).toHaveProperty("problem"));

test("the content's hash is that of names, contents and what is assumed, in any order", () => {
  const [a, b] = [file("a.csv", "1"), file("b.csv", "2")];
  const hash = contentHash({ files: [a, b], historical: false });
  expect(contentHash({ files: [b, a], historical: false })).toBe(hash);
  expect(contentHash({ files: [a, b], historical: true })).not.toBe(hash);
  expect(contentHash({ files: [a, file("b.csv", "3")], historical: false })).not.toBe(hash);
  expect(contentHash({ files: [a, file("c.csv", "2")], historical: false })).not.toBe(hash);
  expect(contentHash({ files: [a], historical: false })).not.toBe(hash);
});

test.each([
  ["nothing changed", { bytes: 5, modifiedMs: 1 }, []],
  ["it grew", { bytes: 6, modifiedMs: 1 }, ["a.csv"]],
  ["it was written over with as many bytes", { bytes: 5, modifiedMs: 2 }, ["a.csv"]],
])("of two looks at the inbox: %s", (_rule, later, changed) => {
  const before = [{ name: "a.csv", bytes: 5, modifiedMs: 1 }];
  expect(changedFiles(before, [{ name: "a.csv", ...later }])).toEqual(changed);
});

test("a file that was not there at the first look has changed, one that is gone has not", () => {
  const [a, b] = [
    { name: "a.csv", bytes: 1, modifiedMs: 1 },
    { name: "b.csv", bytes: 1, modifiedMs: 1 },
  ];
  expect(changedFiles([a], [b])).toEqual(["b.csv"]);
});

test.each([
  ["usage.csv.part", true],
  ["usage.csv.filepart", true],
  [".usage.csv.Xy12", true],
  ["~usage.csv", true],
  ["usage.csv", false],
  ["party.csv", false],
])("%s is still being written: %s", (name, unfinished) => expect(isUnfinished(name)).toBe(unfinished));

const id = "0c4f7a52-1111-4222-8333-444455556666";
const finishedAt = new Date("2026-11-25T23:59:00Z");

test.each([
  ["is kept for the days", "2026-12-25T23:58:00Z", false],
  ["is kept for the whole of the last day", "2026-12-25T23:59:59Z", false],
  ["is removed afterwards", "2026-12-26T00:00:00Z", true],
])("what was put away %s", (_rule, now, expired) => {
  expect(isExpired({ folder: archiveName({ id, finishedAt }), days: 30, now: new Date(now) })).toBe(expired);
});

test("a folder that somebody made is never removed", () => {
  expect(isExpired({ folder: "2020-01-01-mine", days: 0, now: finishedAt })).toBe(false);
});

test.each([
  ["checked", "import", "importable", { status: "queued" }],
  ["checked", "import", "refused", "would be refused"],
  ["received", "import", null, "must have been checked"],
  ["checking", "import", null, "must have been checked"],
  ["queued", "import", "importable", null],
  ["imported", "import", "importable", null],
  ["refused", "import", "importable", "refused can't be imported"],
  ["discarded", "import", "importable", "discarded can't be imported"],
  ["checked", "check", "refused", { status: "received" }],
  ["checking", "check", null, null],
  ["queued", "check", "importable", "queued can't be checked"],
  ["checking", "discard", null, { status: "discarded" }],
  ["queued", "discard", null, { status: "discarded" }],
  ["importing", "discard", null, "importing can't be discarded"],
  ["imported", "discard", null, "imported can't be discarded"],
  ["discarded", "discard", null, null],
] as const)("of a delivery that is %s, %s (its check says %s) makes %s", (status, action, outcome, expected) => {
  const decided = decide({ status, action, outcome });
  if (typeof expected === "string") expect(decided).toMatchObject({ problem: expect.stringContaining(expected) });
  else expect(decided).toEqual(expected);
});
