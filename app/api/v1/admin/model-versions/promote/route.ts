import { route } from "@/lib/http/route";
import { PromoteSchema } from "@/lib/model-registry/contract";
import { promoteToChampion } from "@/lib/model-registry/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";

export const POST = route({
  roles: ["admin"],
  body: PromoteSchema,
  handler: ({ user, body }) =>
    promoteToChampion({
      targetId: CHURN_TARGET_ID,
      ...body,
      actor: { id: user.id, label: user.email },
      now: new Date(),
    }),
});
