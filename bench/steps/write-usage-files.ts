import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { addDays, dayOf } from "@/lib/calendar/weeks";
import { DEFAULT_SETTINGS } from "@/lib/settings/contract";
import { createRandom } from "@/ml/random/random";
import { SEED, UNTIL } from "../moments";

/** Writes customers.csv and usage.csv: one usage row for each customer and day, in order of day as a source exports them. */
export async function writeUsageFiles(args: {
  folder: string;
  customers: number;
  days: number;
}): Promise<{ usageRows: number }> {
  await mkdir(args.folder, { recursive: true });
  await pipeline(
    Readable.from(customerLines(args.customers)),
    createWriteStream(path.join(args.folder, "customers.csv")),
  );
  await pipeline(Readable.from(usageLines(args)), createWriteStream(path.join(args.folder, "usage.csv")));
  return { usageRows: args.customers * args.days };
}

function* customerLines(customers: number): Generator<string> {
  yield "customer_id,name,segment,signed_up_at\n";
  for (let id = 1; id <= customers; id += 1) yield `acct-${id},"Company ${id}, Inc.",small,2024-01-08T09:00:00Z\n`;
}

function* usageLines({ customers, days }: { customers: number; days: number }): Generator<string> {
  const random = createRandom(SEED);
  yield "customer_id,day,active_users,sessions,tasks,comments,projects,files,reports,integrations,exports\n";
  for (let ago = days; ago >= 1; ago -= 1) {
    const day = dayOf(addDays(UNTIL, -ago, DEFAULT_SETTINGS.zone), DEFAULT_SETTINGS.zone);
    let block = "";
    for (let id = 1; id <= customers; id += 1) {
      const users = 1 + random.nextInt(9);
      const counters = [users, users * 2, random.nextInt(40), random.nextInt(20), random.nextInt(3)];
      block += `acct-${id},${day},${counters.join(",")},${random.nextInt(9)},${random.nextInt(2)},1,${random.nextInt(2)}\n`;
    }
    yield block;
  }
}
