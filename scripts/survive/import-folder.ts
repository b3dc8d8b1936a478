import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const CUSTOMERS = 1500;
const DAYS = 200;
const FIRST_DAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;

/** Writes a folder whose import takes some seconds. @returns what it holds. */
export function writeImportFolder(folder: string): { customers: number; usage: number } {
  mkdirSync(folder, { recursive: true });
  const customers = Array.from({ length: CUSTOMERS }, (_, i) => `c${i},Company ${i},2025-11-03T09:00:00Z`);
  writeFileSync(path.join(folder, "customers.csv"), `customer_id,name,signed_up_at\n${customers.join("\n")}\n`);
  const days = Array.from({ length: DAYS }, (_, d) => new Date(FIRST_DAY + d * DAY_MS).toISOString().slice(0, 10));
  const usage = days.flatMap((day, d) => customers.map((_, i) => `c${i},${day},${1 + (i % 5)},${(i * 7 + d) % 40}`));
  writeFileSync(path.join(folder, "usage.csv"), `customer_id,day,active_users,sessions\n${usage.join("\n")}\n`);
  return { customers: CUSTOMERS, usage: usage.length };
}
