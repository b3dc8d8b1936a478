import { findNewestImport } from "./repository";

/** Questions whose answers are kept at once: the dashboard's, the churn check's, the readiness's, the data report's, as data grows. */
const KEPT_MAX = 8;

/**
 * The answer to a question over the imported facts, kept in this process while nothing is imported: it reads them all, and
 * many may ask. A failed count is not kept.
 * @param question all that the answer depends on besides the facts
 */
export async function keptCounts<T>(question: string, count: () => Promise<T>): Promise<T> {
  const key = `${await findNewestImport()} ${question}`;
  const known = kept.get(key) as Promise<T> | undefined;
  if (known) return known;
  const counts = count();
  kept.set(key, counts);
  counts.catch(() => kept.delete(key));
  // The oldest question goes first: after an import nobody asks it again.
  for (const old of kept.keys()) if (kept.size > KEPT_MAX) kept.delete(old);
  return counts;
}

const kept = new Map<string, Promise<unknown>>();
