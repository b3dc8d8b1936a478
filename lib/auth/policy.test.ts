import { describe, expect, test } from "vitest";
import { safeNextPath } from "./contract";
import { ACCOUNT_FAILURES_MAX, ADDRESS_FAILURES_MAX, mayAttempt, sessionHolds } from "./policy";

describe("mayAttempt", () => {
  test.each([
    ["no failures", 0, 0, true],
    ["one below both limits", ACCOUNT_FAILURES_MAX - 1, ADDRESS_FAILURES_MAX - 1, true],
    ["at the account's limit", ACCOUNT_FAILURES_MAX, 0, false],
    ["at the address's limit", 0, ADDRESS_FAILURES_MAX, false],
  ])("%s", (_rule, accountFailures, addressFailures, expected) => {
    expect(mayAttempt({ accountFailures, addressFailures })).toBe(expected);
  });
});

describe("sessionHolds", () => {
  const account = { sessionEpoch: 3, deactivatedAt: null };
  test.each([
    ["the account's epoch holds", { epoch: 3 }, account, true],
    ["an older epoch has ended", { epoch: 2 }, account, false],
    ["a deactivated account has none", { epoch: 3 }, { ...account, deactivatedAt: new Date(0) }, false],
    ["an account that is gone has none", { epoch: 3 }, null, false],
  ])("%s", (_rule, token, given, expected) => {
    expect(sessionHolds(token, given)).toBe(expected);
  });
});

describe("safeNextPath", () => {
  test.each([
    ["/queue?band=90", "/queue?band=90"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/x\\evil", "/"],
    ["https://evil.example", "/"],
    ["/\tevil", "/"],
    ["", "/"],
    [null, "/"],
  ])("%j leads to %s", (next, expected) => {
    expect(safeNextPath(next)).toBe(expected);
  });
});
