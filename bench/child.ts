import { closePool } from "@/lib/db/pool";
import { closePrisma } from "@/lib/db/prisma";
import { STEPS, type StepName } from "./steps";

export type ChildTask = { readonly step: StepName; readonly args: unknown };
export type ChildAnswer =
  | { readonly ok: true; readonly result: unknown; readonly peakBytes: number; readonly cpuSeconds: number }
  | { readonly ok: false; readonly error: string };

process.once("message", (task: ChildTask) => void work(task));
// The bench was ended: nobody wants the answer any more.
process.once("disconnect", () => process.exit(1));

async function work({ step, args }: ChildTask): Promise<void> {
  const answer = await measure(step, args).catch(
    (error: unknown): ChildAnswer => ({
      ok: false,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
  await Promise.all([closePool(), closePrisma()]);
  process.removeAllListeners("disconnect");
  process.send?.(answer, undefined, undefined, () => process.disconnect());
}

async function measure(step: StepName, args: unknown): Promise<ChildAnswer> {
  const run = (await STEPS[step]()) as (args: unknown) => Promise<unknown>;
  const before = process.cpuUsage();
  const result = await run(args);
  const { user, system } = process.cpuUsage(before);
  return { ok: true, result, peakBytes: process.resourceUsage().maxRSS * 1024, cpuSeconds: (user + system) / 1e6 };
}
