"use client";

import { Trash2 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Input, Select } from "@/components/ui/input";
import { CANONICAL_FILES, type CanonicalColumns } from "@/lib/ingest/contract";
import type { MappingProblem, OutputPreview, SampleFile } from "@/lib/ingest/mapping/editing-contract";
import type { EditorAction, EditorFile } from "./editor-state";
import { FirstRows } from "./first-rows";
import { Labelled } from "./labelled";
import { OutputEditor } from "./output-editor";

const DELIMITERS = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar" } as const;

/** One file of the mapping: its name, how it begins, and what its rows become. */
export function FileSection(props: {
  file: EditorFile;
  sample: SampleFile | undefined;
  columns: CanonicalColumns;
  /** Of this file; paths begin within it. */
  problems: readonly MappingProblem[];
  previews: readonly OutputPreview[];
  dispatch: (action: EditorAction) => void;
}) {
  const { file, sample, columns, problems, previews, dispatch } = props;
  const id = useId();
  const { header } = file.file;
  const delimiters = Object.entries(DELIMITERS);
  const at = { file: file.key };
  return (
    <Card
      title={file.file.name}
      description={
        file.proposal
          ? `${file.proposal.role ? `Taken for ${file.proposal.role}: ` : ""}${file.proposal.why}.`
          : undefined
      }
      actions={
        <Button look="quiet" size="sm" onClick={() => dispatch({ do: "remove-file", ...at })}>
          <Trash2 aria-hidden /> Leave this file out
        </Button>
      }
    >
      <div className="space-y-4">
        <div className="grid gap-3 sm:grid-cols-2">
          <Labelled label="Name of the files" hint="* stands for any text: subscriptions*.csv">
            {(control) => (
              <Input
                {...control}
                value={file.file.name}
                maxLength={200}
                onChange={(event) => dispatch({ do: "change-file", ...at, change: { name: event.target.value } })}
              />
            )}
          </Labelled>
          <Labelled label="Delimiter">
            {(control) => (
              <Select
                {...control}
                value={file.file.delimiter}
                onChange={(event) => {
                  const found = delimiters.find(([sign]) => sign === event.target.value)?.[0];
                  if (found)
                    dispatch({ do: "change-file", ...at, change: { delimiter: found as keyof typeof DELIMITERS } });
                }}
              >
                {delimiters.map(([sign, word]) => (
                  <option key={sign} value={sign}>
                    {word}
                  </option>
                ))}
              </Select>
            )}
          </Labelled>
        </div>
        {problems
          .filter(({ path }) => path[0] !== "outputs")
          .map((problem) => (
            <p key={problem.message} role="alert" className="text-sm text-danger-text">
              {problem.message}
            </p>
          ))}
        {sample ? (
          <FirstRows sample={sample} findings={file.findings} />
        ) : (
          <p className="text-sm text-muted">Choose this file above to see its first rows and what becomes of them.</p>
        )}
        {(file.proposal?.notes.length ?? 0) > 0 && (
          <Callout tone="warn">
            <ul className="space-y-1">
              {file.proposal?.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </Callout>
        )}
        {file.outputs.length === 0 && <p className="text-sm text-muted">Nothing is made of this file yet.</p>}
        {file.outputs.map((output, index) => (
          <OutputEditor
            key={output.key}
            id={`${id}-${index}`}
            file={file.key}
            output={output}
            columns={columns[output.output.to]}
            header={header}
            findings={file.findings}
            problems={problems
              .filter(({ path }) => path[0] === "outputs" && path[1] === index)
              .map(({ path, message }) => ({ path: path.slice(2), message }))}
            preview={previews.find((preview) => preview.output === index)}
            dispatch={dispatch}
          />
        ))}
        <div className="max-w-xs">
          <Labelled label="Make further rows of it, for">
            {(control) => (
              <Select
                {...control}
                value=""
                onChange={(event) => {
                  const to = CANONICAL_FILES.find((name) => name === event.target.value);
                  if (to) dispatch({ do: "add-output", ...at, to });
                }}
              >
                <option value="">— choose —</option>
                {CANONICAL_FILES.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Labelled>
        </div>
      </div>
    </Card>
  );
}
