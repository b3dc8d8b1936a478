import { z } from "zod";
import { CANONICAL_FILES, DELIMITERS } from "../contract";

// A mapping says, as data, how the files of one source become canonical rows: JSON that people can read, keep and send.

const ColumnName = z.string().min(1).max(200);
const Text = z.string().max(400);

/**
 * How a text of the foreign file is read. `time`: the forms are tried in order: "iso", "epoch-seconds",
 * "epoch-milliseconds", or a pattern of Luxon's tokens such as "yyyy-MM-dd H:mm"; texts without an offset are of `zone`
 * (default: the company's). `money` and `number`: a text such as "($1,234.50)" with the given signs; money becomes cents.
 */
export const FormatSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text") }).strict(),
  z
    .object({
      kind: z.literal("time"),
      forms: z.array(Text.min(1)).min(1).max(10),
      zone: z.string().optional(),
      /** Later by as much as another column says, such as a ticket's minutes to the first response. */
      plus: z
        .object({ column: ColumnName, unit: z.enum(["minutes", "hours", "days"]) })
        .strict()
        .optional(),
    })
    .strict(),
  z
    .object({
      kind: z.enum(["money", "number"]),
      decimal: z.enum([".", ","]).default("."),
      thousands: z.enum([",", ".", " ", "'", ""]).default(","),
      /** What becomes of values below zero: refused, or taken without their sign. */
      negative: z.enum(["refuse", "absolute"]).default("refuse"),
      /** The value is this column's, divided by another column's, such as a subscription's revenue by its seats. */
      dividedBy: ColumnName.optional(),
    })
    .strict(),
  z
    .object({ kind: z.literal("boolean"), yes: z.array(Text).min(1).max(20), no: z.array(Text).min(1).max(20) })
    .strict(),
]);
export type Format = z.infer<typeof FormatSchema>;

/** Where a canonical field's value comes from. */
export const ValueSchema = z.union([
  z
    .object({
      column: ColumnName,
      format: FormatSchema.optional(),
      /** Foreign words to canonical ones, compared without case and surrounding blanks. */
      words: z.record(Text, Text).optional(),
      /** For texts that `words` does not name; without it they go to quarantine. */
      otherWord: Text.optional(),
      /** For an empty field. */
      whenEmpty: Text.optional(),
    })
    .strict(),
  z.object({ constant: Text }).strict(),
  /** Texts joined: "{account_id}-start". */
  z.object({ template: Text.min(1) }).strict(),
  /** customer_id only: the customer of the subscription named in this column, known from subscription events. */
  z.object({ customerOfSubscription: ColumnName }).strict(),
  /** customer_id only: the customer that another file of the import names for this column's text, such as a user's account. */
  z
    .object({
      customerIn: z
        .object({
          column: ColumnName,
          /** Name of that file in the mapping. */
          file: z.string().min(1).max(200),
          /** Its columns with the text and with the customer. */
          key: ColumnName,
          customer: ColumnName,
        })
        .strict(),
    })
    .strict(),
  /** recorded_at only: this many hours after the row's time. */
  z
    .object({
      lagHours: z
        .number()
        .min(0)
        .max(24 * 366),
    })
    .strict(),
]);
export type Value = z.infer<typeof ValueSchema>;

/** Which rows an output is made of; all conditions must hold. Words are compared without case and surrounding blanks. */
export const ConditionSchema = z
  .object({
    column: ColumnName,
    is: z.enum(["filled", "empty", "one-of", "none-of"]),
    words: z.array(Text).max(100).optional(),
  })
  .strict();
export type Condition = z.infer<typeof ConditionSchema>;

/** One canonical row for each row of the file that meets the conditions. */
export const OutputSchema = z
  .object({
    to: z.enum(CANONICAL_FILES),
    when: z.array(ConditionSchema).max(10).default([]),
    /** Canonical column to value. */
    columns: z.record(z.string(), ValueSchema),
  })
  .strict();
export type Output = z.infer<typeof OutputSchema>;

export const FileMappingSchema = z
  .object({
    /** Name of the files, with * for any text: "subscriptions*.csv". */
    name: z.string().min(1).max(200),
    delimiter: z.enum(DELIMITERS).default(","),
    /** The header that the mapping was made for; a file with another one is refused. Order does not matter. */
    header: z.array(z.string().max(200)).min(1).max(2_000),
    outputs: z.array(OutputSchema).max(20),
  })
  .strict();
export type FileMapping = z.infer<typeof FileMappingSchema>;

/** What data comes from, such as billing: each has one mapping, its tokens, and a folder of the inbox. */
export const SourceSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "expected lower-case letters, digits and hyphens, such as billing");

export const MappingSchema = z
  .object({
    source: SourceSchema,
    files: z.array(FileMappingSchema).min(1).max(50),
  })
  .strict();
export type Mapping = z.infer<typeof MappingSchema>;

/** A version of a source's mapping as it was saved; the time is ISO. */
export type SavedMapping = {
  readonly id: number;
  readonly source: string;
  readonly version: number;
  readonly mapping: Mapping;
  readonly savedAt: string;
};
