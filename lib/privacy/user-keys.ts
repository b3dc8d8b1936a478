import { configuredSalt, userKey } from "@/lib/ingest/user-key";

/** What may stand for a contact in usage events: the salted hashes of the ids by which a source may know them. */
export function userKeysOf(contact: { readonly sourceId: string; readonly email: string | null }): string[] {
  const salt = configuredSalt();
  if (salt === undefined) return [];
  return [contact.sourceId, contact.email].filter((id) => id !== null).map((id) => userKey(salt, id));
}
