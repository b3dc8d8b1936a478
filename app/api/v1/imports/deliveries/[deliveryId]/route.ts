import { DeliveryIdSchema } from "@/lib/deliveries/contract";
import { getDelivery } from "@/lib/deliveries/service";
import { tokenRoute } from "@/lib/http/token-route";

/** How far a delivery of the token's source is. */
export const GET = tokenRoute({
  params: DeliveryIdSchema,
  handler: ({ grant, params }) => getDelivery({ id: params.deliveryId, source: grant.source }),
});
