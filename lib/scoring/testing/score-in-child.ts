import { NO_FENCE } from "@/lib/db/fence";
import { closePool } from "@/lib/db/pool";
import { scoreAccounts } from "../service";

// A process that scores one Monday and can be killed: `score-in-child.ts TARGET AS_OF`, progress and result by IPC.
const [targetId = "", asOf = ""] = process.argv.slice(2);
const outcome = await scoreAccounts({
  targetId,
  asOf: new Date(asOf),
  now: new Date(asOf),
  fence: NO_FENCE,
  onProgress: (progress) => process.send?.({ progress }),
});
await closePool();
process.send?.({ outcome }, undefined, undefined, () => process.exit(0));
