import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "./generated/client";
import { requireDatabaseUrl } from "./pool";

/** The process's Prisma client, for the application's own reads and writes; batches go by lib/db/pool and lib/db/copy. */
export function prisma(): PrismaClient {
  held.tidelinePrisma ??= new PrismaClient({
    adapter: new PrismaPg({ connectionString: requireDatabaseUrl(), max: 8 }),
  });
  return held.tidelinePrisma;
}

/** Disconnects the client and forgets it; a later call makes a new one. */
export async function closePrisma(): Promise<void> {
  const open = held.tidelinePrisma;
  held.tidelinePrisma = undefined;
  await open?.$disconnect();
}

const held = globalThis as typeof globalThis & { tidelinePrisma?: PrismaClient };
