import { z } from "zod";
import { FileMappingSchema, MappingSchema } from "./contract";

/** What the page that edits a mapping sends and gets. */
const SAMPLES_MAX = 50;
const ROWS_MAX = 1_000;

/** The beginning of a foreign file, as text. */
export const SampleFileSchema = z.strictObject({
  name: z.string().min(1).max(200),
  delimiter: FileMappingSchema.shape.delimiter,
  header: z.array(z.string()).max(2_000).readonly(),
  rows: z.array(z.array(z.string()).readonly()).max(ROWS_MAX).readonly(),
});
export type SampleFile = Readonly<z.output<typeof SampleFileSchema>>;

export const SamplesSchema = z.array(SampleFileSchema).max(SAMPLES_MAX);

/** The mapping may be in the middle of a change: what is wrong with it is told by the preview. */
export const PreviewRequestSchema = z.strictObject({ mapping: z.unknown(), samples: SamplesSchema });

export const SaveMappingSchema = z.strictObject({
  mapping: MappingSchema,
  /** The version that the change was made from; 0 where there was none. */
  basedOn: z.int().min(0),
});
export type SaveMapping = z.output<typeof SaveMappingSchema>;

/** What a mapping gives for the first rows of its files. */
export type MappingPreview = {
  /** What is wrong with the mapping, at the place where it is. */
  readonly problems: readonly MappingProblem[];
  readonly outputs: readonly OutputPreview[];
};

/** `path` leads through the mapping: files, 0, outputs, 1, columns, kind. */
export type MappingProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** The canonical rows that one output makes of the sample of its file. */
export type OutputPreview = {
  /** Positions in the mapping. */
  readonly file: number;
  readonly output: number;
  readonly header: readonly string[];
  readonly rows: readonly PreviewRow[];
  /** Rows of the sample that meet the conditions and fit, that do not fit, and that are not for this output. */
  readonly good: number;
  readonly bad: number;
  readonly unused: number;
};

/** `line` counts records, the header being 1. */
export type PreviewRow =
  | { readonly line: number; readonly values: readonly string[] }
  | { readonly line: number; readonly column: string | null; readonly value: string | null; readonly reason: string };

/** A saved version of a source's mapping; times are ISO. */
export type MappingVersion = {
  readonly id: number;
  readonly source: string;
  readonly version: number;
  readonly savedAt: string;
  /** null: by the command line. */
  readonly savedBy: string | null;
  /** Names of the files that it reads. */
  readonly files: readonly string[];
  /** How many imports were made by it. */
  readonly imports: number;
};
