import type { CanonicalFile } from "@/lib/ingest/contract";
import type { Condition, FileMapping, Mapping, Output, Value } from "@/lib/ingest/mapping/contract";
import type { SampleFile } from "@/lib/ingest/mapping/editing-contract";
import type { ColumnFinding, FileProposal, MappingProposal, OutputReasons } from "@/lib/mapping-proposals/contract";

/** An output on the page; `reasons` where it was proposed, without those of columns that were chosen since. */
export type EditorOutput = { readonly key: string; readonly output: Output; readonly reasons: OutputReasons | null };

export type EditorFile = {
  readonly key: string;
  readonly file: Omit<FileMapping, "outputs">;
  readonly outputs: readonly EditorOutput[];
  readonly proposal: Pick<FileProposal, "role" | "why" | "notes"> | null;
  /** What the columns of the sample look like; none without a sample. */
  readonly findings: readonly ColumnFinding[];
};

export type EditorAction =
  | { do: "load"; mapping: Mapping }
  /** With `keep` files that are mapped stay as they are, and only what their columns look like is taken. */
  | { do: "propose"; proposal: MappingProposal; keep: boolean }
  | { do: "change-file"; file: string; change: Partial<Omit<FileMapping, "outputs" | "header">> }
  | { do: "remove-file"; file: string }
  | { do: "add-output"; file: string; to: CanonicalFile }
  | { do: "remove-output"; file: string; output: string }
  | { do: "set-conditions"; file: string; output: string; when: Condition[] }
  | { do: "set-value"; file: string; output: string; column: string; value: Value | null };

/** The mapping as the page holds it. Keys stay with a file or output for as long as it is there. */
export function toEditor(mapping: Mapping, proposal?: readonly (FileProposal | null)[]): EditorFile[] {
  return mapping.files.map((file, index) => {
    const { outputs, ...rest } = file;
    const known = proposal?.[index] ?? null;
    return {
      key: file.name,
      file: rest,
      proposal: known,
      findings: known?.columns ?? [],
      outputs: outputs.map((output, at) => ({
        key: `${file.name}-${at}`,
        output,
        reasons: known?.outputs[at] ?? null,
      })),
    };
  });
}

export function toMapping(source: string, files: readonly EditorFile[]): Mapping {
  return {
    source,
    files: files.map(({ file, outputs }) => ({ ...file, outputs: outputs.map(({ output }) => output) })),
  };
}

/** The next state; the one given stays as it is. */
export function reduceEditor(files: readonly EditorFile[], action: EditorAction): readonly EditorFile[] {
  switch (action.do) {
    case "load":
      return toEditor(action.mapping);
    case "propose": {
      const proposed = toEditor(action.proposal.mapping, action.proposal.files);
      const fits = (file: EditorFile, other: EditorFile) => matchesName(file.file.name, other.file.name);
      if (!action.keep) return [...files.filter((file) => !proposed.some((other) => fits(file, other))), ...proposed];
      const looked = files.map((file) => ({
        ...file,
        findings: proposed.find((other) => fits(file, other))?.findings ?? file.findings,
      }));
      return [...looked, ...proposed.filter((other) => !files.some((file) => fits(file, other)))];
    }
    case "change-file":
      return atFile(files, action.file, (file) => ({ ...file, file: { ...file.file, ...action.change } }));
    case "remove-file":
      return files.filter(({ key }) => key !== action.file);
    case "add-output":
      return atFile(files, action.file, (file) => ({
        ...file,
        outputs: [
          ...file.outputs,
          { key: freeKey(file), output: { to: action.to, when: [], columns: {} }, reasons: null },
        ],
      }));
    case "remove-output":
      return atFile(files, action.file, (file) => ({
        ...file,
        outputs: file.outputs.filter(({ key }) => key !== action.output),
      }));
    case "set-conditions":
      return atOutput(files, action, (one) => ({ ...one, output: { ...one.output, when: action.when } }));
    case "set-value":
      return atOutput(files, action, (one) => setValue(one, action.column, action.value));
  }
}

function setValue(one: EditorOutput, column: string, value: Value | null): EditorOutput {
  const { [column]: _old, ...others } = one.output.columns;
  const columns = value === null ? others : { ...one.output.columns, [column]: value };
  if (one.reasons === null) return { ...one, output: { ...one.output, columns } };
  const { [column]: _reason, ...reasons } = one.reasons.columns;
  return { ...one, output: { ...one.output, columns }, reasons: { ...one.reasons, columns: reasons } };
}

function atFile(files: readonly EditorFile[], key: string, change: (file: EditorFile) => EditorFile) {
  return files.map((file) => (file.key === key ? change(file) : file));
}

function atOutput(
  files: readonly EditorFile[],
  at: { file: string; output: string },
  change: (output: EditorOutput) => EditorOutput,
) {
  return atFile(files, at.file, (file) => ({
    ...file,
    outputs: file.outputs.map((one) => (one.key === at.output ? change(one) : one)),
  }));
}

function freeKey(file: EditorFile): string {
  const taken = new Set(file.outputs.map(({ key }) => key));
  let number = file.outputs.length;
  while (taken.has(`${file.key}-${number}`)) number += 1;
  return `${file.key}-${number}`;
}

/** The sample that a file of the mapping is shown with: the first whose name fits. */
export function sampleOf(name: string, samples: readonly SampleFile[]): SampleFile | undefined {
  return samples.find((sample) => matchesName(name, sample.name));
}

/** Whether a file is one of those that the mapping names, where * stands for any text. */
function matchesName(pattern: string, name: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i").test(name);
}
