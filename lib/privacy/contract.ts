import { z } from "zod";

/** Whom an export or an erasure is about, by Tideline's own number. */
export const SubjectSchema = z
  .object({ kind: z.enum(["contact", "customer"]), id: z.coerce.number().int().positive().max(2_147_483_647) })
  .strict();
export type Subject = z.infer<typeof SubjectSchema>;

export const SEARCH_LENGTH_MIN = 2;

/** Part of a name or e-mail address, or an id of the source. Sent in a body: addresses end up in logs. */
export const SearchSchema = z
  .object({
    text: z
      .string()
      .trim()
      .min(SEARCH_LENGTH_MIN, `expected at least ${SEARCH_LENGTH_MIN} characters`)
      .max(200)
      .refine((text) => !text.includes("\0"), "must not contain a NUL character"),
  })
  .strict();

/** `name` is typed by whoever erases, as proof that they mean this one. */
export const EraseSchema = SubjectSchema.extend({ name: z.string().max(500) }).strict();

/** One contact or customer that a search found; times are ISO. */
export type SearchHit = {
  subject: Subject;
  name: string;
  /** of a contact; null where there is none, and for customers */
  email: string | null;
  customerName: string;
  /** the id that the source gives */
  sourceId: string;
  erasedAt: string | null;
};

export type SearchResult = { hits: SearchHit[] /** whether more fit than are shown */; more: boolean };

/** How many of what; `what` in plain words. */
export type Amount = { what: string; count: number };

/** All that an erasure would touch and leave, and whether it was done already. */
export type SubjectView = {
  subject: Subject;
  name: string;
  customerName: string;
  sourceId: string;
  erasedAt: string | null;
  /** what is told of them by name: the values that an erasure replaces */
  identity: { label: string; value: string }[];
  replaced: Amount[];
  kept: Amount[];
  /** whether the source's id itself tells who it is: replaced, or stays and should be changed in the source */
  sourceIdTells: "no" | "replaced" | "stays";
};

/** What an erasure did; `already`: it was done before and nothing was left to do. */
export type ErasureReceipt = {
  outcome: "erased" | "already";
  erasedAt: string;
  replaced: Amount[];
  /** files not imported yet in which the person or company stands: they stay, and what they say of them is not taken */
  filesWaiting: number;
};
