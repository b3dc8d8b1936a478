import { closePool } from "@/lib/db/pool";
import { closePrisma } from "@/lib/db/prisma";
import { type ChildReport, type ChildTask, ChildTaskSchema } from "./child-messages";
import { runHandler } from "./run-handler";

/**
 * The process that one job run is done in. It is told its task by its parent, reports by IPC, and leaves when the task is
 * done, the parent is gone (the channel closes, or it has another parent) or its time is over.
 */
const PARENT_CHECK_MS = 1_000;
const FORCED_EXIT = 70;
const parent = process.ppid;
const stopping = new AbortController();

process.on("disconnect", () => process.exit(FORCED_EXIT));
process.on("SIGTERM", () => stopping.abort(new Error("The run was told to stop")));
// Ctrl-C in a terminal goes to the whole group; the parent decides what becomes of its children.
process.on("SIGINT", () => {});
setInterval(() => {
  if (process.ppid !== parent) process.exit(FORCED_EXIT);
}, PARENT_CHECK_MS).unref();

process.once("message", (message) => {
  const task = ChildTaskSchema.parse(message);
  setTimeout(() => process.exit(FORCED_EXIT), task.timeoutMs).unref();
  void work(task);
});
report({ type: "ready" });

async function work(task: ChildTask): Promise<void> {
  const outcome = await runHandler({
    task,
    signal: stopping.signal,
    onProgress: (progress) => report({ type: "progress", progress }),
  });
  await Promise.all([closePool(), closePrisma()]);
  // Leave only when the parent has the report: an exit would drop what is still in the channel.
  process.send?.(outcome, undefined, undefined, () => process.exit(0));
}

function report(message: ChildReport): void {
  if (process.connected) process.send?.(message);
}
