import type { CanonicalColumns } from "@/lib/ingest/contract";
import type { Mapping, Output } from "@/lib/ingest/mapping/contract";
import type { SampleFile } from "@/lib/ingest/mapping/editing-contract";
import type { FileProposal, MappingProposal, OutputReasons } from "./contract";
import type { FileDraft, OutputDraft } from "./draft";
import { customerListOf, type KnownIds, knowIds } from "./keys";
import { type KnownFile, knowFile } from "./known-file";
import { customerListKey, subscriptionListKey } from "./list-keys";
import { recognizeFile } from "./recognize";

/**
 * Proposes where each canonical column comes from, by the names and the first rows of one or several foreign files, each
 * with its reason. A start for a person to check, not a decision: what the rows leave open is said, what is not found is named.
 * @param args.currency the reporting currency, for files that name none.
 */
export function proposeMapping(args: {
  source: string;
  samples: readonly SampleFile[];
  canonical: CanonicalColumns;
  currency: string;
}): MappingProposal {
  const files = args.samples.map(knowFile);
  const customers = firstIds(files, customerListKey);
  const subscriptions = firstIds(files, subscriptionListKey);
  const lists = files.map((file) => customerListOf(file, customers)).filter((list) => list !== null);
  const drafts = files.map((file) => recognizeFile({ ...args, file, customers, subscriptions, lists }));
  return {
    mapping: {
      source: args.source,
      files: files.map(({ sample }, index) => ({
        name: sample.name,
        delimiter: sample.delimiter,
        header: [...sample.header],
        outputs: (drafts[index]?.outputs ?? []).map(toOutput),
      })),
    } satisfies Mapping,
    files: files.map((file, index) => describe(file, drafts[index] ?? null, args.canonical)),
  };
}

function firstIds(files: readonly KnownFile[], findListKey: typeof customerListKey): KnownIds | null {
  for (const file of files) {
    const key = findListKey(file);
    if (key) return knowIds(file, key);
  }
  return null;
}

function toOutput(draft: OutputDraft): Output {
  const columns = Object.entries(draft.columns).flatMap(([name, proposed]) =>
    proposed ? [[name, proposed.value] as const] : [],
  );
  return { to: draft.to, when: [...draft.when], columns: Object.fromEntries(columns) };
}

function describe(file: KnownFile, draft: FileDraft | null, canonical: CanonicalColumns): FileProposal {
  return {
    role: draft?.role ?? null,
    why: draft?.why ?? "its columns are like nothing that is known; choose by hand what its rows become",
    columns: file.columns,
    outputs: (draft?.outputs ?? []).map((output) => reasons(output, canonical)),
    notes: draft?.notes ?? [],
  };
}

function reasons(output: OutputDraft, canonical: CanonicalColumns): OutputReasons {
  const columns = Object.entries(output.columns).flatMap(([name, proposed]) =>
    proposed ? [[name, proposed.why] as const] : [],
  );
  const kind = output.columns.kind?.value;
  const constantKind = kind && "constant" in kind ? kind.constant : "";
  const missing = canonical[output.to]
    .filter(
      ({ name, required, requiredFor }) => (required || requiredFor.includes(constantKind)) && !output.columns[name],
    )
    .map(({ name }) => name);
  return { why: output.why, columns: Object.fromEntries(columns), missing };
}
