import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env } from "./env";

/** What stands in the data folder, apart from Postgres's own files. */
export const LISTED_DATA_FILES = [
  "database.json",
  "session-secret",
  "credentials.json",
  "credentials-shown",
  "begin-empty",
  "children.json",
  "start.lock",
  "database.lock",
] as const;
export type DataFile = (typeof LISTED_DATA_FILES)[number];

/** The absolute path of a file of the data folder; the folder is made where missing. */
export function dataFile(name: DataFile): string {
  const folder = env().TIDELINE_DATA_DIR;
  // Others may pass through, since Postgres may run as a user of its own; what is secret has mode 600 itself.
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  return path.join(folder, name);
}

/** Writes a file that only this user can read, whole or not at all. */
export function writeSecretFile(file: string, content: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, file);
}

/** The content of a file, undefined where there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** NEXTAUTH_SECRET, else the secret made once for this installation. */
export function sessionSecret(): string {
  const given = env().NEXTAUTH_SECRET;
  if (given) return given;
  const file = dataFile("session-secret");
  const kept = readIfThere(file)?.trim();
  if (kept) return kept;
  const made = randomBytes(32).toString("base64url");
  writeSecretFile(file, `${made}\n`);
  return made;
}
