import { readFileSync } from "node:fs";
import type { Credential } from "@/lib/env/credentials-file";

export type Account = Credential;

/** The first account of a role, of those that the product made for itself; by default the product of all journeys. */
export function accountOf(role: string, file = process.env.E2E_CREDENTIALS): Account {
  if (!file) throw new Error("E2E_CREDENTIALS is not set: expected the path of the product's credentials.json");
  const all = JSON.parse(readFileSync(file, "utf8")) as Account[];
  const found = all.find((account) => account.role === role);
  if (!found) throw new Error(`${file} has no account with the role ${role}`);
  return found;
}
