import type { Mapping, Output } from "@/lib/ingest/mapping/contract";
import type { MappingProblem } from "@/lib/ingest/mapping/editing-contract";

/** What an output is called on the page: its canonical file, with the kind of its events where that is fixed. */
export function titleOf({ to, columns: { kind } }: Output): string {
  return kind && "constant" in kind && kind.constant ? `${to}, ${kind.constant}` : to;
}

/** A problem with the file and the output that it is in: "contracts.csv, subscription_events.csv, start: …". */
export function describeProblem({ path, message }: MappingProblem, mapping: Mapping): string {
  const [, fileAt, , outputAt] = path;
  const file = typeof fileAt === "number" ? mapping.files[fileAt] : undefined;
  const output = file && typeof outputAt === "number" ? file.outputs[outputAt] : undefined;
  const place = [file?.name, output && titleOf(output)].filter(Boolean).join(", ");
  return place ? `${place}: ${message}` : message;
}
