import { describe, expect, test } from "vitest";
import { type PromotionActor, promotionRefusal } from "./policy";

const admin: PromotionActor = { kind: "user", role: "admin", deactivated: false };
const demo: PromotionActor = { kind: "system", installationMode: "demo" };
const reason = "First model, agreed with the VP.";

describe("promotionRefusal", () => {
  test.each([
    {
      rule: "an admin promotes a model that passed",
      args: { actor: admin, gatesPassed: true, champion: null },
      refused: null,
    },
    {
      rule: "an admin appoints the first champion although gates failed",
      args: { actor: admin, gatesPassed: false, champion: null },
      refused: null,
    },
    {
      rule: "an overridden champion may be followed by another override",
      args: { actor: admin, gatesPassed: false, champion: { gatesPassed: false } },
      refused: null,
    },
    {
      rule: "a champion that passed is not followed by a model that failed",
      args: { actor: admin, gatesPassed: false, champion: { gatesPassed: true } },
      refused: /failed its gates/,
    },
    {
      rule: "a reason is always needed",
      args: { actor: admin, gatesPassed: true, champion: null, reason: "   because  " },
      refused: /written reason/,
    },
    {
      rule: "a data scientist may not",
      args: {
        actor: { kind: "user", role: "data_scientist", deactivated: false } as const,
        gatesPassed: true,
        champion: null,
      },
      refused: /administrator/,
    },
    {
      rule: "an admin who has left may not",
      args: { actor: { kind: "user", role: "admin", deactivated: true } as const, gatesPassed: true, champion: null },
      refused: /administrator/,
    },
    { rule: "the product may in a demo", args: { actor: demo, gatesPassed: false, champion: null }, refused: null },
    {
      rule: "the product may not on own data",
      args: { actor: { kind: "system", installationMode: "own" } as const, gatesPassed: true, champion: null },
      refused: /demo/,
    },
  ])("$rule", ({ args, refused }) => {
    const answer = promotionRefusal({ reason, ...args });
    if (refused === null) expect(answer).toBeNull();
    else expect(answer).toMatch(refused);
  });
});
