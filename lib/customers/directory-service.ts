import { z } from "zod";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import { seesCustomers } from "@/lib/queue/policy";
import { readStandings } from "@/lib/queue/service";
import { getSettings } from "@/lib/settings/service";
import type { SignedInUser } from "@/lib/users/contract";
import { DIRECTORY_PAGE_SIZE, type DirectoryPage, type DirectoryQuery } from "./contract";
import { type DirectoryRecord, findDirectory } from "./directory-repository";

/**
 * One page of all customers by name, also those who are not scored or have left, with where they stand as `viewer` may see it.
 * @throws DomainError not_found for a role that sees no customers, invalid_input where `after` is no `next` of ours
 */
export async function readDirectory(args: {
  viewer: SignedInUser;
  query: DirectoryQuery;
  now: Date;
}): Promise<DirectoryPage> {
  const { viewer, query, now } = args;
  if (!seesCustomers(viewer.role)) throw notFoundError();
  const after = readPlace(query.after);
  const pattern = query.q ? `%${query.q.replace(/[\\%_]/g, "\\$&")}%` : null;
  const [records, { currency }] = await Promise.all([
    findDirectory({ pattern, after, now, limit: DIRECTORY_PAGE_SIZE + 1 }),
    getSettings(),
  ]);
  const shown = records.slice(0, DIRECTORY_PAGE_SIZE);
  const standings = await readStandings({ customerIds: shown.map((record) => record.customerId), viewer });
  const last = records.length > DIRECTORY_PAGE_SIZE ? shown.at(-1) : undefined;
  return {
    rows: shown.map((record) => ({
      customerId: record.customerId,
      name: record.name,
      segment: record.segment,
      coverage: coverageOf(record),
      plan: record.plan,
      mrrCents: record.mrrCents ?? 0,
      standing: standings.get(record.customerId) ?? null,
      owner: record.ownerId === null ? null : { id: record.ownerId, name: record.ownerName ?? "" },
    })),
    next: last ? Buffer.from(JSON.stringify([last.name, last.customerId])).toString("base64url") : null,
    currency,
  };
}

const PlaceSchema = z.tuple([z.string(), z.number().int()]);

function readPlace(text: string | undefined): { name: string; customerId: number } | null {
  if (text === undefined) return null;
  try {
    const [name, customerId] = PlaceSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
    return { name, customerId };
  } catch {
    throw new DomainError("invalid_input", `after is "${text}"; expected the \`next\` of an earlier page`);
  }
}

function coverageOf(record: DirectoryRecord): "paid" | "trial" | "none" {
  if (record.paid) return "paid";
  return record.trial ? "trial" : "none";
}
