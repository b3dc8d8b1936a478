import type { BindArgs, BoundOutput, CustomerFile, CustomerNaming } from "../feed";
import { time } from "../fields";
import { type FileSpec, RECORDED_AT } from "../file-spec";
import { createRowEncoder, type Rejection } from "../row-encoder";
import { createTimeReader } from "../times";
import { compileConditions } from "./compile-condition";
import { type BoundValue, compileValue } from "./compile-value";
import type { Output, Value } from "./contract";
import { toText } from "./foreign-text";
import { columnLabel } from "./value-columns";

/** Compiles one output of a file's mapping, whose columns stand at `positions`. */
export function bindOutput(
  args: BindArgs & {
    output: Output;
    spec: FileSpec;
    positions: ReadonlyMap<string, number>;
    /** The files that a name in the mapping stands for; none where the rows are only looked at. */
    filesNamed?: FilesNamed;
  },
): BoundOutput {
  const { output, spec, positions, zone } = args;
  const lagHours = lagOf(output);
  const fields = Object.entries(output.columns).flatMap(([name, value]) =>
    "lagHours" in value ? [] : [{ name, value }],
  );
  // What the mapping itself says may be other than ASCII where the file is not.
  const isPlain = Object.values(output.columns).every((value) => !/[\u0080-\uffff]/.test(JSON.stringify(value)));
  const context = isPlain ? args.context : { ...args.context, ascii: false };
  const values = fields.map(({ name, value }) => {
    const reader = spec.columns.find((column) => column.name === name)?.reader ?? time;
    return { name, ...compileValue(value, { positions, reader, zone, context }) };
  });
  const encodeCanonical = createRowEncoder({
    ...args,
    context,
    header: fields.map(({ name }) => name),
    lag: lagHours === undefined ? undefined : createTimeReader({ zone, lagHours }),
  });
  const holds = compileConditions(output.when, positions);
  const made: string[] = new Array(values.length);
  const explain = explainer(values, positions);

  return {
    naming: namingOf(args),
    explain,
    encode: (row) => {
      if (!holds(row)) return undefined;
      for (let i = 0; i < values.length; i += 1) {
        const value = (values[i] as BoundValue).read(row);
        if (typeof value !== "string")
          return { ...value, reason: `${value.reason} (${values[i]?.name} of ${spec.file})` };
        made[i] = value;
      }
      const encoded = encodeCanonical(made);
      if (typeof encoded === "string") return encoded;
      return { ...explain(encoded, row), reason: `${encoded.reason} (${encoded.column} of ${spec.file})` };
    },
  };
}

/** Finds the files that say which customer a key stands for. */
export type FilesNamed = (customerIn: { file: string; key: string; customer: string }) => readonly CustomerFile[];

function namingOf({ output, filesNamed }: { output: Output; filesNamed?: FilesNamed }): CustomerNaming | null {
  const value = output.columns.customer_id;
  if (value === undefined) return null;
  if ("customerOfSubscription" in value) return { by: "subscription" };
  if (!("customerIn" in value)) return null;
  const { file, key } = value.customerIn;
  return { by: "file", name: file, key, files: filesNamed?.(value.customerIn) ?? [] };
}

function lagOf(output: Output): number | undefined {
  const recorded: Value | undefined = output.columns[RECORDED_AT];
  return recorded !== undefined && "lagHours" in recorded ? recorded.lagHours : undefined;
}

/** Names the column of the file that a canonical column comes from, and its text there; of several the first empty one, or all. */
function explainer(
  values: readonly (BoundValue & { name: string })[],
  positions: ReadonlyMap<string, number>,
): BoundOutput["explain"] {
  return (rejection, row) => {
    const columns = values.find(({ name }) => name === rejection.column)?.columns ?? [];
    if (columns.length === 0) return rejection.column === null ? rejection : { ...rejection, column: null };
    const texts = columns.map((column) => toText(row[positions.get(column) as number] ?? ""));
    const empty = texts.indexOf("");
    if (empty !== -1 && texts.length > 1)
      return { ...rejection, column: columns[empty] as string, value: "" } satisfies Rejection;
    return { ...rejection, column: columnLabel(columns), value: texts.join(", ") };
  };
}
