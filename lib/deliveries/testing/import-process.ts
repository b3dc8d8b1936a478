import { NO_FENCE } from "@/lib/db/fence";
import { importDeliveries } from "../import-service";

// A process of its own, to be killed: imports what came in. It says when it begins.
process.send?.("begun");
await importDeliveries({ inbox: true, now: new Date(process.argv[2] as string), fence: NO_FENCE, settleMs: 20 });
process.exit(0);
