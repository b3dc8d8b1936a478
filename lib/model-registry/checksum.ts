import { createHash } from "node:crypto";

/** All that makes a model version predict what it predicts. */
export type ModelContent = {
  targetId: string;
  /** UBJ bytes of the booster. */
  booster: Uint8Array;
  calibrator: { a: number; b: number };
  /** In the order of the booster. */
  columns: readonly string[];
  /** Values of each categorical column, in the order of their codes; none today. */
  categories: Readonly<Record<string, readonly string[]>>;
};

/** SHA-256 over everything in a model version, hexadecimal. Keys of `categories` count in alphabetical order. */
export function modelChecksum(content: ModelContent): string {
  const { targetId, calibrator, columns, categories } = content;
  const sorted = Object.entries(categories).sort(([a], [b]) => (a < b ? -1 : 1));
  const head = JSON.stringify({ targetId, a: calibrator.a, b: calibrator.b, columns, categories: sorted });
  return createHash("sha256").update(`${head.length}\n${head}\n`).update(content.booster).digest("hex");
}
