import { PROMOTION_REASON_LENGTH_MIN } from "./contract";

/** Who asks for a promotion, as the database knows them now. */
export type PromotionActor =
  | { kind: "user"; role: string; deactivated: boolean }
  /** The product itself. */
  | { kind: "system"; installationMode: string };

/**
 * Why a promotion is refused, in words, or null where it may go ahead. Only admins promote; the product itself only in a demo
 * installation. A model whose gates failed may be appointed with a written reason where there is no champion, or where the
 * present one was appointed so as well; a champion that passed its gates is followed only by a model that passes them.
 */
export function promotionRefusal(args: {
  actor: PromotionActor;
  gatesPassed: boolean;
  champion: { gatesPassed: boolean } | null;
  reason: string;
}): string | null {
  const { actor, champion } = args;
  if (actor.kind === "user" && (actor.role !== "admin" || actor.deactivated))
    return "Only an administrator may promote.";
  if (actor.kind === "system" && actor.installationMode !== "demo")
    return "The product appoints a champion by itself only in a demo installation.";
  if (args.reason.trim().length < PROMOTION_REASON_LENGTH_MIN)
    return `A promotion needs a written reason of at least ${PROMOTION_REASON_LENGTH_MIN} characters.`;
  if (!args.gatesPassed && champion?.gatesPassed)
    return "This model failed its gates; the champion passed them and is followed only by a model that does too.";
  return null;
}
