"use client";

import { ChevronRight, Trash2 } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { CanonicalColumn } from "@/lib/ingest/contract";
import type { MappingProblem, OutputPreview } from "@/lib/ingest/mapping/editing-contract";
import type { ColumnFinding } from "@/lib/mapping-proposals/contract";
import { ConditionEditor } from "./condition-editor";
import type { EditorAction, EditorOutput } from "./editor-state";
import { OutputRows } from "./output-rows";
import { titleOf } from "./problem-place";
import { ValueEditor } from "./value-editor";

/** One output of a file: which rows it is made of, where each canonical column comes from, what comes of the first rows. */
export function OutputEditor(props: {
  id: string;
  file: string;
  output: EditorOutput;
  columns: readonly CanonicalColumn[];
  header: readonly string[];
  findings: readonly ColumnFinding[];
  /** Of this output; paths begin within it. */
  problems: readonly MappingProblem[];
  preview: OutputPreview | undefined;
  dispatch: (action: EditorAction) => void;
}) {
  const { id, file, output, columns, header, findings, problems, preview, dispatch } = props;
  const at = { file, output: output.key };
  const { when } = output.output;
  // What is whole is shown closed, with what comes of it; from then on it is as the person leaves it.
  const [open] = useState(columns.some(({ name, required }) => required && !output.output.columns[name]));
  const title = titleOf(output.output);
  const ownProblems = problems.filter(({ path }) => path[0] !== "columns" && path[0] !== "when");
  const conditionProblems = problems
    .filter(({ path }) => path[0] === "when")
    .map(({ path, message }) => ({ path: path.slice(1), message }));
  const [further] = useState(columns.filter(({ name, required }) => !required && !output.output.columns[name]));
  const missing = columns.filter(({ name, required }) => required && !output.output.columns[name]);
  const row = (column: CanonicalColumn) => (
    <ColumnRow
      key={column.name}
      {...{ id: `${id}-${column.name}`, column, header, findings }}
      output={output}
      problem={problems.find(({ path }) => path[0] === "columns" && path[1] === column.name)?.message}
      onChange={(value) => dispatch({ do: "set-value", ...at, column: column.name, value })}
    />
  );
  return (
    <details open={open || undefined} className="group rounded-lg border border-line">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
        <ChevronRight aria-hidden className="size-4 text-muted group-open:rotate-90" />
        <span className="font-medium text-ink">{title}</span>
        {output.reasons && <span className="text-sm text-muted">{output.reasons.why}</span>}
        {preview && preview.good > 0 && <Badge tone="good">{preview.good} of the first rows fit</Badge>}
        {missing.length > 0 && <Badge tone="warn">{missing.length} required open</Badge>}
        {missing.length === 0 && problems.length > 0 && <Badge tone="warn">{problems.length} to mend</Badge>}
        {preview && preview.bad > 0 && (
          <Badge tone="danger">{preview.bad === 1 ? "1 row does not fit" : `${preview.bad} rows do not fit`}</Badge>
        )}
      </summary>
      <div className="space-y-4 border-t border-line p-3">
        {ownProblems.map((problem) => (
          <p key={problem.message} role="alert" className="text-sm text-danger-text">
            {problem.message}
          </p>
        ))}
        <ConditionEditor
          when={when}
          header={header}
          problems={conditionProblems}
          onChange={(next) => dispatch({ do: "set-conditions", ...at, when: next })}
        />
        <div>
          <h3 className="text-sm font-medium text-ink">Where its columns come from</h3>
          <div className="mt-1 divide-y divide-line">
            {columns.filter((column) => !further.includes(column)).map(row)}
          </div>
          {further.length > 0 && (
            <details className="border-t border-line pt-2">
              <summary className="cursor-pointer text-sm text-muted">
                Further columns: {further.map(({ name }) => name).join(", ")}
              </summary>
              <div className="mt-1 divide-y divide-line">{further.map(row)}</div>
            </details>
          )}
        </div>
        {preview && <OutputRows preview={preview} title={title} />}
        <Button look="quiet" size="sm" onClick={() => dispatch({ do: "remove-output", ...at })}>
          <Trash2 aria-hidden /> Remove this output
        </Button>
      </div>
    </details>
  );
}

function ColumnRow(props: {
  id: string;
  column: CanonicalColumn;
  header: readonly string[];
  findings: readonly ColumnFinding[];
  output: EditorOutput;
  problem: string | undefined;
  onChange: Parameters<typeof ValueEditor>[0]["onChange"];
}) {
  const { id, column, output, problem } = props;
  const value = output.output.columns[column.name] ?? null;
  const kind = output.output.columns.kind;
  const isNeeded = column.required || (kind && "constant" in kind && column.requiredFor.includes(kind.constant));
  const reason = output.reasons?.columns[column.name];
  return (
    <div className="grid gap-x-4 gap-y-1.5 py-2 md:grid-cols-[11rem_minmax(0,20rem)_minmax(0,1fr)]">
      <label htmlFor={id} className="pt-1 font-mono text-xs text-ink">
        {column.name}
        {isNeeded && <span className="ml-1.5 font-sans text-muted">required</span>}
      </label>
      <ValueEditor
        {...{ id, column, value, header: props.header, findings: props.findings, onChange: props.onChange }}
        describedBy={`${id}-about`}
        invalid={problem !== undefined}
      />
      <div id={`${id}-about`} className="min-w-0 break-words text-xs text-faint">
        {problem && (
          <p role="alert" className="text-sm text-danger-text">
            {problem}
          </p>
        )}
        {reason ?? (value === null ? `expected ${column.expected}` : null)}
      </div>
    </div>
  );
}
