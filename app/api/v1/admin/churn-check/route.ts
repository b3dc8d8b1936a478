import { ConfirmChurnSchema } from "@/lib/churn-check/contract";
import { confirmChurn } from "@/lib/churn-check/service";
import { route } from "@/lib/http/route";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";

export const POST = route({
  roles: ["admin"],
  body: ConfirmChurnSchema,
  handler: ({ user, body }) =>
    confirmChurn({
      ...body,
      targetId: CHURN_TARGET_ID,
      actor: { id: user.id, label: user.email },
      now: new Date(),
    }),
});
