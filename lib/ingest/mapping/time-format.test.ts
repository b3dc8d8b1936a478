import { describe, expect, it } from "vitest";
import { createTimeFormat, isTimeForm, type TimeFormat } from "./time-format";

const ZONE = "America/New_York";

function read(text: string, format: Omit<TimeFormat, "kind">, target: "time" | "day" = "time") {
  return createTimeFormat({ format: { kind: "time", ...format }, target, zone: ZONE })(text);
}

describe("a time of a foreign file", () => {
  it.each<[string, string, string, string | undefined]>([
    ["an ISO date begins in the company's zone", "2024-07-08", "iso", "2024-07-08T04:00:00.000Z"],
    ["an ISO time with an offset is exact", "2024-07-08T03:00:00+02:00", "iso", "2024-07-08T01:00:00.000Z"],
    ["a space may stand for the T", "2024-07-08 03:00", "iso", "2024-07-08T07:00:00.000Z"],
    ["hours of one digit need a pattern", "2024-07-09 3:00", "iso", undefined],
    ["hours of one digit", "2024-07-09 3:00", "yyyy-MM-dd H:mm", "2024-07-09T07:00:00.000Z"],
    ["hours of two digits by the same pattern", "2023-07-28 13:00", "yyyy-MM-dd H:mm", "2023-07-28T17:00:00.000Z"],
    ["day before month", "3.4.2025", "d.M.yyyy", "2025-04-03T04:00:00.000Z"],
    ["month before day", "3/4/2025", "M/d/yyyy", "2025-03-04T05:00:00.000Z"],
    ["years of two digits", "4/3/25", "M/d/yy", "2025-04-03T04:00:00.000Z"],
    ["names of months", "4 Mar 2025", "d MMM yyyy", "2025-03-04T05:00:00.000Z"],
    ["twelve hours", "03/04/2025 02:05 PM", "MM/dd/yyyy hh:mm a", "2025-03-04T19:05:00.000Z"],
    [
      "an offset in the text beats the zone",
      "2025-03-04 10:00 +0900",
      "yyyy-MM-dd HH:mm ZZZ",
      "2025-03-04T01:00:00.000Z",
    ],
    ["seconds since 1970", "1767225600", "epoch-seconds", "2026-01-01T00:00:00.000Z"],
    ["with a fraction", "1767225600.25", "epoch-seconds", "2026-01-01T00:00:00.250Z"],
    ["milliseconds since 1970", "1767225600250", "epoch-milliseconds", "2026-01-01T00:00:00.250Z"],
    ["standard time", "2025-01-15 12:00", "yyyy-MM-dd H:mm", "2025-01-15T17:00:00.000Z"],
    ["summer time", "2025-07-15 12:00", "yyyy-MM-dd H:mm", "2025-07-15T16:00:00.000Z"],
    ["no 30th of February", "2025-02-30", "yyyy-MM-dd", undefined],
    ["no 13th month, so that days and months are not swapped", "13/04/2025", "M/d/yyyy", undefined],
    ["nothing behind it", "2025-03-04 x", "yyyy-MM-dd", undefined],
    ["words", "yesterday", "iso", undefined],
    ["negative epochs are not meant", "-5", "epoch-seconds", undefined],
  ])("%s: %s as %s", (_rule, text, form, expected) => {
    expect(read(text, { forms: [form] })).toBe(expected);
  });

  it("is read by the first form that fits", () => {
    const forms = ["yyyy-MM-dd", "yyyy-MM-dd H:mm", "d.M.yyyy"];
    expect(read("2024-07-08", { forms })).toBe("2024-07-08T04:00:00.000Z");
    expect(read("2024-07-09 3:00", { forms })).toBe("2024-07-09T07:00:00.000Z");
    expect(read("8.7.2024", { forms })).toBe("2024-07-08T04:00:00.000Z");
  });

  it("is of the zone that the mapping names, if it has no offset", () => {
    expect(read("2024-07-08 12:00", { forms: ["yyyy-MM-dd H:mm"], zone: "Asia/Tokyo" })).toBe(
      "2024-07-08T03:00:00.000Z",
    );
    expect(read("2024-07-08T12:00:00", { forms: ["iso"], zone: "UTC" })).toBe("2024-07-08T12:00:00.000Z");
    expect(read("2024-07-08T12:00:00Z", { forms: ["iso"], zone: "Asia/Tokyo" })).toBe("2024-07-08T12:00:00.000Z");
  });

  it.each<[string, string, string, string | undefined, string]>([
    ["a moment falls on the company's day", "2024-07-09T02:00:00Z", "iso", undefined, "2024-07-08"],
    ["by epoch too", "1720490400", "epoch-seconds", undefined, "2024-07-08"],
    ["a day alone stays that day, whatever zone it is told in", "2024-07-09", "iso", "Asia/Tokyo", "2024-07-09"],
    ["also by a pattern", "9.7.2024", "d.M.yyyy", "Asia/Tokyo", "2024-07-09"],
    ["a time of day moves with the zones", "9.7.2024 3:00", "d.M.yyyy H:mm", "Asia/Tokyo", "2024-07-08"],
  ])("as a day, %s: %s", (_rule, text, form, zone, expected) => {
    expect(read(text, { forms: [form], zone }, "day")).toBe(expected);
  });

  it.each([
    ["iso", true],
    ["epoch-milliseconds", true],
    ["yyyy-MM-dd'T'HH:mm", true],
    ["dd. MMMM yyyy", true],
    ["quarterly", false],
    ["YYYY-MM-DD", false],
    ["HH:mm", false],
  ])("the form %s can be read: %s", (form, expected) => {
    expect(isTimeForm(form)).toBe(expected);
  });
});
