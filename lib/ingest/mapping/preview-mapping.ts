import type { z } from "zod";
import type { FieldContext } from "../fields";
import type { FileSpec } from "../file-spec";
import { RECORDED_AT } from "../file-spec";
import { FILE_SPECS } from "../files";
import { bindOutput } from "./bind-output";
import { findMappingFaults } from "./check-mapping";
import { type Mapping, MappingSchema, type Output } from "./contract";
import type { MappingPreview, MappingProblem, OutputPreview, PreviewRow, SampleFile } from "./editing-contract";
import { namePattern } from "./find-feeds";
import { toField } from "./foreign-text";

/** Encoded rows end with when the row was known, by what that is known, and a hash. */
const TRAILING_COLUMNS = 3;

/**
 * What a mapping makes of the first rows of its files, by the code that imports them, and what is wrong with it. Of files
 * without a sample, and while the mapping has faults in an output's file, no rows are shown.
 * @param args.mapping as it stands on the page, which may be in the middle of a change.
 */
export function previewMapping(args: {
  mapping: unknown;
  samples: readonly SampleFile[];
  context: FieldContext;
  zone: string;
  receivedAt: Date;
}): MappingPreview {
  const parsed = MappingSchema.safeParse(args.mapping);
  if (!parsed.success) {
    return { problems: parsed.error.issues.map(plainProblem), outputs: [] };
  }
  const problems = findMappingFaults(parsed.data).map(({ path, message }): MappingProblem => ({ path, message }));
  const outputs: OutputPreview[] = [];
  parsed.data.files.forEach((file, fileAt) => {
    const sample = args.samples.find(({ name }) => namePattern(file.name).test(name));
    if (sample === undefined) return;
    const changed = headerProblem(file.header, sample);
    if (changed) problems.push({ path: ["files", fileAt, "header"], message: changed });
    if (changed || problems.some(({ path }) => path[0] === "files" && path[1] === fileAt)) return;
    file.outputs.forEach((output, outputAt) => {
      outputs.push({ file: fileAt, output: outputAt, ...previewOutput({ ...args, output, sample }) });
    });
  });
  return { problems, outputs };
}

/** Of a value that may have several forms, what is wrong with the form that it comes nearest to. */
function plainProblem(issue: z.core.$ZodIssue): MappingProblem {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code !== "invalid_union") return { path, message: issue.message };
  const nearest = issue.errors.find((issues) => issues.length > 0 && issues.every(isWithinForm))?.[0];
  return { path, message: nearest ? plainProblem(nearest).message : "not a value that a mapping knows" };
}

/** Whether the form is the one that was meant: it has the right keys, and a part of it is not as expected. */
function isWithinForm({ code, input }: z.core.$ZodIssue): boolean {
  return code !== "unrecognized_keys" && !(code === "invalid_type" && input === undefined);
}

function headerProblem(header: Mapping["files"][number]["header"], sample: SampleFile): string | null {
  const names = sample.header.map((name) => name.trim());
  const missing = header.filter((name) => !names.includes(name));
  const strange = names.filter((name) => !header.includes(name));
  if (missing.length + strange.length === 0) return null;
  const parts = [
    ...(missing.length > 0 ? [`${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} missing`] : []),
    ...(strange.length > 0 ? [`${strange.join(", ")} ${strange.length === 1 ? "is" : "are"} new`] : []),
  ];
  return `the header of ${sample.name} is another one than the mapping was made for: ${parts.join("; ")}`;
}

function previewOutput(args: {
  output: Output;
  sample: SampleFile;
  context: FieldContext;
  zone: string;
  receivedAt: Date;
}): Omit<OutputPreview, "file" | "output"> {
  const { output, sample } = args;
  const spec = FILE_SPECS.find(({ file }) => file === output.to) as FileSpec;
  const positions = new Map(sample.header.map((name, position) => [name.trim(), position]));
  const bound = bindOutput({ ...args, spec, positions, historical: false });
  const header = [...spec.columns.map(({ name }) => name), RECORDED_AT];
  const shown = header.map((name) => name in output.columns);
  const rows: PreviewRow[] = [];
  let good = 0;
  let unused = 0;
  sample.rows.forEach((fields, index) => {
    // The header is line 1.
    const line = index + 2;
    if (fields.length !== sample.header.length) {
      const reason = `expected ${sample.header.length} fields as in the header, found ${fields.length}`;
      rows.push({ line, column: null, value: null, reason });
      return;
    }
    const encoded = bound.encode(fields.map(toField));
    if (encoded === undefined) unused += 1;
    else if (typeof encoded === "string") {
      good += 1;
      rows.push({ line, values: decodeRow(encoded).filter((_, at) => shown[at]) });
    } else rows.push({ line, ...encoded });
  });
  return { header: header.filter((_, at) => shown[at]), rows, good, bad: rows.length - good, unused };
}

/** The fields of a line of COPY text, without what no column stands for. */
function decodeRow(encoded: string): string[] {
  const fields = encoded.trimEnd().split("\t");
  return fields
    .slice(1, fields.length - TRAILING_COLUMNS + 1)
    .map((field) => (field === "\\N" ? "" : field.replaceAll("\\\\", "\\")));
}
