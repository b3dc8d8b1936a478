import path from "node:path";
import { notFoundError } from "@/lib/http/domain-error";
import type { DeliveryStatus, DeliveryView } from "./contract";
import { deliveryFolder } from "./folders";
import { getDelivery, listDeliveries } from "./service";

/** Files of these deliveries still lie where they came. */
const LYING: readonly DeliveryStatus[] = ["received", "checking", "checked"];
const LOOKED_THROUGH = 100;
const SHOWN = 3;

/** The newest deliveries of a source that wait for a decision, so that its mapping can be made by them. The caller has checked the permission. */
export async function listUndecided(source: string): Promise<DeliveryView[]> {
  const { deliveries } = await listDeliveries({ before: null, limit: LOOKED_THROUGH });
  return deliveries.filter((one) => one.source === source && LYING.includes(one.status)).slice(0, SHOWN);
}

/**
 * Where a file of such a delivery lies. The caller has checked the permission.
 * @throws DomainError not_found where there is no such delivery or file, or it lies there no more
 */
export async function locateDeliveredFile(args: { deliveryId: string; name: string }): Promise<string> {
  const delivery = await getDelivery({ id: args.deliveryId, source: null });
  const file = delivery.files.find(({ name }) => name === args.name);
  if (!file || !LYING.includes(delivery.status)) throw notFoundError();
  return path.join(deliveryFolder(delivery.id), file.name);
}
