import type { ColumnFinding } from "../contract";
import { asBoolean, asText, type FileDraft, template } from "../draft";
import type { Key } from "../keys";
import { findColumn, IDS, type KnownFile } from "../known-file";

export function contactEmail(file: KnownFile): ColumnFinding | null {
  return findColumn(file, { phrases: ["email", "e mail", "email address", "mail"], kinds: ["email"] });
}

/** People at customers: the only personal data that is taken. */
export function contactsDraft(args: { file: KnownFile; id: Key; customer: Key | null }): FileDraft {
  const { file, id, customer } = args;
  const not = [id.column, customer?.column ?? null];
  const find = (
    phrases: readonly string[],
    kinds: readonly ("text" | "id" | "words" | "number")[] = ["text", "words", "id"],
  ) => findColumn(file, { phrases, kinds, not });
  const first = find(["first name", "given name", "vorname"]);
  const last = find(["last name", "surname", "family name", "nachname"]);
  const full = findColumn(file, {
    phrases: ["full name", "contact name", "display name", "name", "contact"],
    kinds: IDS,
    not: [...not, first, last],
  });
  return {
    role: "contacts",
    why: "one row for each person",
    outputs: [
      {
        to: "contacts.csv",
        why: "one person for each row",
        when: [],
        columns: {
          contact_id: asText(id.column, id.why),
          customer_id: asText(customer?.column ?? null, customer?.why),
          full_name:
            first && last && !full
              ? template(`{${first.name}} {${last.name}}`, "first and last name together")
              : asText(full),
          email: asText(contactEmail(file)),
          phone: asText(
            find(["phone", "phone number", "telephone", "mobile", "telefon"], ["text", "id", "words", "number"]),
          ),
          job_title: asText(find(["job title", "title", "role", "position", "function"])),
          is_primary: asBoolean(
            findColumn(file, {
              phrases: ["is primary", "primary", "primary contact", "main contact"],
              kinds: ["boolean"],
            }),
          ),
        },
      },
    ],
    notes: [],
  };
}
