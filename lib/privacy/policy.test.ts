import { describe, expect, it } from "vitest";
import { idTells, namesIt, tracesOf } from "./policy";

describe("tracesOf", () => {
  it("looks for long texts anywhere and for short ones as a whole field, each once", () => {
    expect(tracesOf(["Robin Marlow", "robin  marlow", null, " ", "Ann", "+49 30 1234"])).toEqual([
      { text: "robin  marlow", match: "anywhere" },
      { text: "Ann", match: "field" },
      { text: "+49 30 1234", match: "anywhere" },
    ]);
  });
});

describe("idTells", () => {
  it.each([
    ["an e-mail address", "someone@else.example", true],
    ["the name in another writing", "robin-marlow", true],
    ["the last name", "MARLOW_2", true],
    ["a name of the address", "r.marlow", true],
    ["the phone number", "493012345678", true],
    ["a number", "10017", false],
    ["a random key", "0031t00000ABCDE", false],
  ])("%s: %s", (_rule, id, tells) => {
    expect(idTells(id, ["Robin Marlow", "r.marlow@acme.example", "+49 30 12345678", null])).toBe(tells);
  });

  it("a name too short to be sure of says nothing", () => {
    expect(idTells("annotation-1", ["Ann", null, null])).toBe(false);
  });
});

describe("namesIt", () => {
  it.each([
    ["the name as it is", "Robin Marlow", true],
    ["in other case and spacing", "  robin   MARLOW ", true],
    ["a part of it", "Robin", false],
    ["nothing", "", false],
  ])("%s: %s", (_rule, typed, names) => {
    expect(namesIt(typed, "Robin Marlow")).toBe(names);
  });
});
