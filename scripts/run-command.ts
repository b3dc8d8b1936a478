/** Runs a command's work; an error becomes one line on the terminal and the exit code 1, unless the work names another. */
export async function runCommand(work: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** Writes a line for people. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
