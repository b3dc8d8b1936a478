import { readFileSync } from "node:fs";

const SAMPLE_EVERY_MS = 250;

/**
 * Watches how much memory all processes of a Postgres server hold together, each shared page counted once (the sum of
 * their proportional set sizes, which Linux alone tells; from proc(5), smaps_rollup).
 * @returns a function that stops watching and gives the peak in bytes, null where it cannot be told.
 */
export function watchPostgresMemory(postmasterPid: number): () => number | null {
  let peak = measure(postmasterPid);
  const timer = setInterval(() => {
    peak = larger(peak, measure(postmasterPid));
  }, SAMPLE_EVERY_MS);
  return () => {
    clearInterval(timer);
    return larger(peak, measure(postmasterPid));
  };
}

function measure(postmasterPid: number): number | null {
  const children = read(`/proc/${postmasterPid}/task/${postmasterPid}/children`);
  if (children === undefined) return null;
  const pids = [String(postmasterPid), ...children.split(" ").filter((pid) => pid !== "")];
  let bytes = 0;
  for (const pid of pids) {
    // A backend may have ended since it was listed.
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? "")?.[1];
    bytes += Number(kilobytes ?? 0) * 1024;
  }
  return bytes > 0 ? bytes : null;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Not Linux, not ours to read, or gone: the figure is then simply not known.
    return undefined;
  }
}

function larger(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : Math.max(left, right);
}
