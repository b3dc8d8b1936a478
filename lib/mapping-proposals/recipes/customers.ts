import type { ColumnFinding } from "../contract";
import { asText, asTime, type FileDraft, findCreated, findUpdated, type OutputDraft, recordedBy } from "../draft";
import type { Key } from "../keys";
import { findColumn, type KnownFile } from "../known-file";

/** One row for each customer. @param since what tells since when it is known, where no column says when it signed up */
export function customersDraft(file: KnownFile, key: Key, since: ColumnFinding | null = null): FileDraft {
  const name = findColumn(file, {
    phrases: [
      "name",
      "company name",
      "account name",
      "customer name",
      "organization name",
      "company",
      "customer",
      "account",
      "legal name",
      "firma",
      "firmenname",
      "kunde",
    ],
    kinds: ["text", "id", "words"],
    not: [key.column],
  });
  const signedUp = findColumn(file, {
    phrases: [
      "signed up at",
      "signup date",
      "sign up date",
      "signed up",
      "signup",
      "customer since",
      "created at",
      "created on",
      "created",
      "start date",
      "joined at",
      "registered at",
      "registration date",
      "kunde seit",
    ],
    kinds: ["time"],
  });
  const created = findCreated(file, [signedUp]);
  const updated = findUpdated(file, [signedUp]);
  const words = (phrases: readonly string[]) =>
    findColumn(file, { phrases, kinds: ["words", "text", "id"], not: [key.column, name] });
  const output: OutputDraft = {
    to: "customers.csv",
    why: "one customer for each row",
    when: [],
    columns: {
      customer_id: asText(key.column, key.why),
      name: asText(name),
      account_group: asText(
        words(["parent id", "parent account", "parent", "parent account id", "account group", "group id", "holding"]),
      ),
      segment: asText(words(["segment", "customer segment", "company size", "size", "customer tier", "tier band"])),
      industry: asText(words(["industry", "sector", "vertical", "branche"])),
      country: asText(words(["country", "country code", "billing country", "land"])),
      signed_up_at: asTime(signedUp ?? since),
      owner_email: asText(
        findColumn(file, {
          phrases: [
            "owner email",
            "csm email",
            "account owner",
            "owner",
            "csm",
            "customer success manager",
            "account manager",
          ],
          kinds: ["email"],
        }),
      ),
      occurred_at: recordedBy(updated, "its attributes hold since the row was last changed"),
      recorded_at: recordedBy(updated ?? created, updated ? "when the row was last changed" : "when the row was made"),
    },
  };
  return {
    role: "customers",
    why: `one row for each customer, told apart by ${key.column.name}`,
    outputs: [output],
    notes: [],
  };
}
