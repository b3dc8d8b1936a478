import { z } from "zod";
import { type Format, type Mapping, SourceSchema } from "@/lib/ingest/mapping/contract";
import { SamplesSchema } from "@/lib/ingest/mapping/editing-contract";

/** 256 kB in base64. */
const CONTENT_LENGTH_MAX = 350_000;

/** The beginning of a foreign file as its bytes, in base64. */
export const SampleUploadSchema = z.strictObject({
  name: z.string().min(1).max(200),
  content: z.base64().max(CONTENT_LENGTH_MAX),
});
export type SampleUpload = z.output<typeof SampleUploadSchema>;

/** A file that has come already and waits for a decision. */
export const DeliveredSampleSchema = z.strictObject({ deliveryId: z.uuid(), name: z.string().min(1).max(200) });
export type DeliveredSample = z.output<typeof DeliveredSampleSchema>;

export const SampleRequestSchema = z.union([SampleUploadSchema, DeliveredSampleSchema]);

export const ProposalRequestSchema = z.strictObject({
  source: SourceSchema,
  samples: SamplesSchema.min(1),
});

/** What the values of a column look like. "words": few different ones that repeat. */
export type ColumnKind = "empty" | "time" | "boolean" | "number" | "email" | "words" | "id" | "text";

/** What was found out about one column of a sample. */
export type ColumnFinding = {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly rows: number;
  /** Rows with a value. */
  readonly filled: number;
  readonly distinct: number;
  /** The different values, most frequent first, where they are few. */
  readonly words: readonly string[];
  /** How its values are read, for times, booleans and numbers. */
  readonly format: Format | null;
  /** In plain words, such as "looks like a date, day first, 20 of 20 rows". */
  readonly why: string;
  /** What the sample cannot tell and a person should look at. */
  readonly doubt: string | null;
};

/** Why an output of the proposal is there, and where each of its columns comes from. */
export type OutputReasons = {
  readonly why: string;
  /** Canonical column to the reason of its proposal. */
  readonly columns: Readonly<Record<string, string>>;
  /** Required canonical columns that nothing was found for. */
  readonly missing: readonly string[];
};

export type FileProposal = {
  /** What the file is taken for, in words; null where nothing was recognized. */
  readonly role: string | null;
  readonly why: string;
  readonly columns: readonly ColumnFinding[];
  /** In the order of the mapping's outputs. */
  readonly outputs: readonly OutputReasons[];
  /** What the file tells that the proposal cannot carry over. */
  readonly notes: readonly string[];
};

/** A mapping to start from, with its reasons; `files` in the order of the mapping's files. */
export type MappingProposal = { readonly mapping: Mapping; readonly files: readonly FileProposal[] };
