import { describe, expect, it } from "vitest";
import { digestOf, type ErasedMarks, mentionsErased, plainForm } from "./erased-marks";

const marks: ErasedMarks = {
  salt: "s",
  digests: new Set(["Robin Marlow", "robin@acme.example", "Acme, Inc."].map((text) => digestOf("s", plainForm(text)))),
  customerSourceIds: new Set(["C-17"]),
};

describe("mentionsErased", () => {
  it.each([
    ["a field that is the name", "k1,c1,Robin Marlow,x", true],
    ["the name in other case and spacing", "k1,c1, ROBIN  marlow ,x", true],
    ["an address between other separators", "k1;c1;robin@acme.example", true],
    ["a quoted field with a comma", 'c1,"Acme, Inc.",2025-01-01', true],
    ["a record that is broken", 'c1,"Robin Marlow,never closed', true],
    ["the id of an erased customer", "C-17,Anything,2025-01-01", true],
    ["a longer name", "k1,c1,Robin Marlowe,x", false],
    ["a longer id", "C-171,Anything,2025-01-01", false],
    ["nothing", "", false],
  ])("%s: %s", (_rule, raw, mentions) => {
    expect(mentionsErased(raw, marks)).toBe(mentions);
  });

  it("is false for everything where nobody was erased", () => {
    expect(mentionsErased("Robin Marlow", { salt: "", digests: new Set(), customerSourceIds: new Set() })).toBe(false);
  });
});
