import { z } from "zod";
import { dataFile, readIfThere, writeSecretFile } from "./data-folder";

const CredentialsSchema = z.array(
  z.object({ email: z.string(), name: z.string(), role: z.string(), password: z.string() }),
);

/** One sign-in that was made for this installation. */
export type Credential = z.infer<typeof CredentialsSchema>[number];

/** Keeps the first passwords of this installation where only its owner can read them. Replaces what was kept. */
export function writeCredentials(credentials: readonly Credential[]): void {
  writeSecretFile(dataFile("credentials.json"), `${JSON.stringify(credentials, null, 2)}\n`);
}

/** The first passwords of this installation; empty where none were made. */
export function readCredentials(): Credential[] {
  const text = readIfThere(dataFile("credentials.json"));
  return text === undefined ? [] : CredentialsSchema.parse(JSON.parse(text));
}
