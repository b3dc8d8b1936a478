import { createInterface } from "node:readline/promises";

/** A terminal with somebody who may answer. */
export type Terminal = { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream };

/** This process's terminal; null where it has none, as under a service manager. */
export function ownTerminal(): Terminal | null {
  return process.stdin.isTTY && process.stdout.isTTY ? { input: process.stdin, output: process.stdout } : null;
}

/**
 * Asks what a first start is to make, until there is an answer.
 * @returns the answer; "demo" where there is none within `timeoutMs`; null where `signal` ended the question
 */
export async function askOnTerminal(args: {
  terminal: Terminal;
  timeoutMs: number;
  signal: AbortSignal;
}): Promise<"demo" | "own" | null> {
  const { input, output } = args.terminal;
  if (args.signal.aborted) return null;
  const reader = createInterface({ input, output });
  // A timer of its own: a timeout's signal that is only part of another may be collected before it fires.
  const close = () => reader.close();
  const timer = setTimeout(close, args.timeoutMs);
  args.signal.addEventListener("abort", close, { once: true });
  // The reader takes Ctrl+C away from the process.
  reader.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  output.write(QUESTION);
  reader.setPrompt(`1 or 2 (in ${Math.round(args.timeoutMs / 1000)} s: 1): `);
  reader.prompt();
  try {
    // Ends by itself once the timer, the signal or the end of the input has closed the reader.
    for await (const line of reader) {
      const choice = readChoice(line);
      // Leaving the loop closes the reader.
      if (choice) return choice;
      reader.prompt();
    }
  } finally {
    clearTimeout(timer);
    args.signal.removeEventListener("abort", close);
  }
  output.write("\n");
  return args.signal.aborted ? null : "demo";
}

const QUESTION = `
This is the first start. What shall Tideline begin with?
  1  the demo company TechFlow: simulated customers, a trained model, a queue
  2  your own data: empty, with one administrator
`;

/** What was meant; null where that can't be told. Nothing but Enter is the demo. */
function readChoice(answer: string): "demo" | "own" | null {
  const word = answer.trim().toLowerCase();
  if (["", "1", "demo", "d"].includes(word)) return "demo";
  if (["2", "own", "o", "empty"].includes(word)) return "own";
  return null;
}
