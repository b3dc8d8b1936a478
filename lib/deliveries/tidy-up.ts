import { archive, removeExpired } from "./archive";
import { deliveryFolder, namesIn, removeFolder } from "./folders";
import { discardStaleUploads, discardUndecided, findDelivery } from "./repository";

/** Longer than the web server lets a request take. */
const UPLOAD_HOURS_MAX = 2;

/**
 * Puts in order what killed processes left in the data folder: files of deliveries that have ended are put away or removed,
 * uploads that never ended are discarded. Files that the database knows nothing of, such as after restoring an older backup, are
 * put away as refused. What was put away long ago is removed.
 */
export async function tidyUp(args: { now: Date; daysKept: number }): Promise<void> {
  const { now } = args;
  await discardStaleUploads({
    before: new Date(now.getTime() - UPLOAD_HOURS_MAX * 3_600_000),
    now,
    error: "the upload was never finished: the process that received it has ended",
  });
  await discardUndecided({
    before: new Date(now.getTime() - Math.max(1, args.daysKept) * 86_400_000),
    now,
    error: "nobody decided about it in time",
  });
  for (const id of await namesIn(deliveryFolder(""))) await tidyFolder(id, now);
  await removeExpired({ days: args.daysKept, now });
}

async function tidyFolder(id: string, now: Date): Promise<void> {
  const delivery = await findDelivery(id);
  const finishedAt = delivery?.finishedAt ?? now;
  if (!delivery) {
    await archive({
      kind: "refused",
      source: "unknown",
      id,
      finishedAt,
      note: "the database knows nothing of this delivery",
    });
  } else if (delivery.status === "discarded") await removeFolder(deliveryFolder(id));
  else if (delivery.status === "imported")
    await archive({ kind: "done", source: delivery.source, id, finishedAt, note: null });
  else if (delivery.status === "refused")
    await archive({ kind: "refused", source: delivery.source, id, finishedAt, note: delivery.error });
}
