import { readFileSync } from "node:fs";

/** What a server's processes took together; null where it cannot be told. */
export type ServerUsage = { readonly peakBytes: number | null; readonly cpuSeconds: number | null };

/** Looking is work of the kernel, which grows with the memory looked at; it may take this share of one core at most. */
const WATCHING_SHARE = 0.03;
const PAUSE_MS_MIN = 100;
/** Linux counts processor time for programs in hundredths of a second, whatever the kernel's own tick is. */
const TICKS_PER_SECOND = 100;

/**
 * Watches the processes of a Postgres server: the most memory that they hold together, each shared page counted once (the
 * sum of their proportional set sizes), and the processor time that they take. Linux alone tells (proc(5)).
 * @returns a function that stops watching and gives both
 */
export function watchPostgres(postmasterPid: number): () => ServerUsage {
  const cpuBefore = cpuSeconds(postmasterPid);
  let peak: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    const started = performance.now();
    peak = larger(peak, memory(postmasterPid));
    timer = setTimeout(look, Math.max(PAUSE_MS_MIN, (performance.now() - started) / WATCHING_SHARE));
  };
  look();
  return () => {
    clearTimeout(timer);
    const cpuAfter = cpuSeconds(postmasterPid);
    return {
      peakBytes: larger(peak, memory(postmasterPid)),
      cpuSeconds: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
    };
  };
}

function memory(postmasterPid: number): number | null {
  const children = childrenOf(postmasterPid);
  if (children === null) return null;
  let bytes = 0;
  for (const pid of [String(postmasterPid), ...children]) {
    // A backend may have ended since it was listed.
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/smaps_rollup`) ?? "")?.[1];
    bytes += Number(kilobytes ?? 0) * 1024;
  }
  return bytes > 0 ? bytes : null;
}

/** Processor time of the processes that live and, by way of their parent, of those that have ended. */
function cpuSeconds(postmasterPid: number): number | null {
  const children = childrenOf(postmasterPid);
  const own = ticks(String(postmasterPid));
  if (children === null || own === null) return null;
  const living = children.reduce((sum, pid) => sum + (ticks(pid)?.self ?? 0), 0);
  return (own.self + own.ended + living) / TICKS_PER_SECOND;
}

function ticks(pid: string): { self: number; ended: number } | null {
  // The name, in parentheses, may hold anything; behind it fields 14 to 17 are utime, stime, cutime and cstime.
  const fields = read(`/proc/${pid}/stat`)?.split(") ").at(-1)?.split(" ");
  if (!fields) return null;
  const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15).map(Number);
  return { self: utime + stime, ended: cutime + cstime };
}

function childrenOf(pid: number): string[] | null {
  return read(`/proc/${pid}/task/${pid}/children`)?.split(" ").filter(Boolean) ?? null;
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
