import { hash, verify } from "@node-rs/argon2";

/** argon2id (the library's default) with OWASP's first choice of cost: 19 MiB, 2 passes, 1 lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** @returns the PHC string to store. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/**
 * Whether the password fits the hash. Where there is no account (`null`) the same work is done against a hash that no
 * password fits, so that the time of the answer does not tell which accounts exist.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const fits = await verify(passwordHash ?? (await unmatchable()), password);
  return passwordHash !== null && fits;
}

let unmatchableHash: Promise<string> | undefined;

function unmatchable(): Promise<string> {
  unmatchableHash ??= hashPassword(crypto.randomUUID());
  return unmatchableHash;
}
