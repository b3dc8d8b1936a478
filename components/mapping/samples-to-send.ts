import type { SampleFile } from "@/lib/ingest/mapping/editing-contract";

/** Well below what a request may hold. */
const CHARACTERS_MAX = 600_000;

/** The samples with as many rows as a request can hold, at most `rowsMax` each, shared evenly. */
export function samplesToSend(samples: readonly SampleFile[], rowsMax = Number.POSITIVE_INFINITY): SampleFile[] {
  const share = CHARACTERS_MAX / Math.max(1, samples.length);
  return samples.map((sample) => {
    let characters = JSON.stringify(sample.header).length;
    const rows: (readonly string[])[] = [];
    for (const row of sample.rows.slice(0, rowsMax)) {
      characters += JSON.stringify(row).length;
      if (characters > share) break;
      rows.push(row);
    }
    return { ...sample, rows };
  });
}
