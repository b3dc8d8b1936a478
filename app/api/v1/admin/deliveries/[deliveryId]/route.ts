import { DeliveryActionSchema, DeliveryIdSchema } from "@/lib/deliveries/contract";
import { decideDelivery, getDelivery } from "@/lib/deliveries/service";
import { route } from "@/lib/http/route";

export const GET = route({
  roles: ["admin"],
  params: DeliveryIdSchema,
  handler: ({ params }) => getDelivery({ id: params.deliveryId, source: null }),
});

/** Checks it again, has it imported, or discards it. */
export const PATCH = route({
  roles: ["admin"],
  params: DeliveryIdSchema,
  body: DeliveryActionSchema,
  handler: ({ user, params, body }) =>
    decideDelivery({
      id: params.deliveryId,
      action: body.action,
      actor: { id: user.id, label: user.email },
      now: new Date(),
    }),
});
