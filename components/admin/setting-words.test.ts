import { expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/settings/contract";
import { changedSettings, SETTING_GROUPS } from "./setting-words";

test("every setting is on the page once", () => {
  const keys = SETTING_GROUPS.flatMap(({ settings }) => settings.map(({ key }) => key));
  expect(keys.toSorted()).toEqual(Object.keys(DEFAULT_SETTINGS).toSorted());
});

test.each([
  ["an untouched field is no change", { grossMargin: "0.8" }, {}],
  ["nor is the same number written otherwise", { grossMargin: "0.80" }, {}],
  ["a number is sent as a number", { grossMargin: "0.5" }, { grossMargin: 0.5 }],
  ["words are sent as words", { companyName: " Harbour 7 " }, { companyName: "Harbour 7" }],
  ["an emptied number is not taken for 0", { watchFloor: "" }, { watchFloor: "" }],
  ["nor is a decimal comma lost", { watchFloor: "0,2" }, { watchFloor: "0,2" }],
])("%s", (_rule, fields, expected) => {
  expect(changedSettings(DEFAULT_SETTINGS, new Map(Object.entries(fields)))).toEqual(expected);
});
