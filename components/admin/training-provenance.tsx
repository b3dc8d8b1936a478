import { DefinitionList } from "@/components/ui/definition-list";
import { formatInstant } from "@/components/ui/format";
import type { TrainingRunDetail } from "@/lib/training/contract";

/** Everything that is needed to make the same model again. */
export function TrainingProvenance({ run, zone }: { run: TrainingRunDetail; zone: string }) {
  const parameters = Object.entries(run.params).map(([name, value]) => ({
    term: <span className="font-mono text-xs">{name}</span>,
    value: <span className="font-mono text-xs">{typeof value === "string" ? value : JSON.stringify(value)}</span>,
  }));
  return (
    <DefinitionList
      items={[
        { term: "Began", value: formatInstant(run.startedAt, zone) },
        { term: "Ended", value: run.finishedAt ? formatInstant(run.finishedAt, zone) : "not yet" },
        { term: "Feature view", value: `${run.viewName} v${run.viewVersion}` },
        { term: "Seed", value: run.seed },
        {
          term: "Library",
          value: run.library
            ? `XGBoost ${run.library.version} (${run.library.source}), ${run.library.threads} threads`
            : "not recorded",
        },
        { term: "Data hash", value: <Code text={run.dataHash} /> },
        { term: "Code revision", value: <Code text={run.codeRevision} /> },
        ...parameters,
      ]}
    />
  );
}

function Code({ text }: { text: string | null }) {
  return text ? <span className="break-all font-mono text-xs">{text}</span> : "not recorded";
}
