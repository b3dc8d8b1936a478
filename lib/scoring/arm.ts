import { createHash } from "node:crypto";

/**
 * Which arm a customer is in: comparison where the hash of the experiment and the account group (else the customer) falls
 * below the share. A pure function: fixed for the experiment, the same for customers of one group, drawn regardless of
 * scores. SHA-256, first 48 bits as a number in [0, 1).
 *
 * @throws RangeError where the share is not at least 0 and below 1
 */
export function armOf(args: {
  experimentKey: string;
  accountGroup: string | null;
  customerId: number;
  share: number;
}): "treated" | "comparison" {
  const { share } = args;
  if (!(share >= 0 && share < 1)) throw new RangeError(`Comparison share is ${share}; expected at least 0 and below 1`);
  const unit = args.accountGroup === null ? `customer:${args.customerId}` : `group:${args.accountGroup}`;
  const hash = createHash("sha256").update(`${args.experimentKey}\n${unit}`).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48 < share ? "comparison" : "treated";
}
