"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useDeferredValue, useEffect, useMemo, useReducer, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { callApi } from "@/lib/http/client";
import type { CanonicalColumns } from "@/lib/ingest/contract";
import type { Mapping } from "@/lib/ingest/mapping/contract";
import type { MappingPreview, SampleFile } from "@/lib/ingest/mapping/editing-contract";
import type { MappingProposal } from "@/lib/mapping-proposals/contract";
import { reduceEditor, sampleOf, toEditor, toMapping } from "./editor-state";
import { FileSection } from "./file-section";
import { MappingJson } from "./mapping-json";
import { describeProblem } from "./problem-place";
import { SampleChooser, type WaitingDelivery } from "./sample-chooser";
import { samplesToSend } from "./samples-to-send";

const API = "/api/v1/admin/mappings";
const NO_PREVIEW: MappingPreview = { problems: [], outputs: [] };

/** Makes and changes the mapping of a source. Nothing is kept until it is saved; samples are never kept. */
export function MappingEditor({
  source,
  saved,
  version,
  columns,
  deliveries,
}: {
  source: string;
  saved: Mapping | null;
  /** The version that the page was made from; 0 where there is none. */
  version: number;
  columns: CanonicalColumns;
  /** Files of this source that have come and wait for a decision. */
  deliveries: readonly WaitingDelivery[];
}) {
  const router = useRouter();
  const [files, dispatch] = useReducer(reduceEditor, saved, (mapping) => (mapping ? toEditor(mapping) : []));
  const [samples, setSamples] = useState<readonly SampleFile[]>([]);
  const mapping = useMemo(() => toMapping(source, files), [source, files]);
  const text = JSON.stringify(mapping);
  const [savedText, setSavedText] = useState(saved ? JSON.stringify(saved) : JSON.stringify(toMapping(source, [])));
  const changed = text !== savedText;
  useWarningBeforeLeaving(changed);

  const propose = useMutation({
    mutationFn: ({ chosen }: { chosen: readonly SampleFile[]; keep: boolean }) =>
      callApi<MappingProposal>(`${API}/proposal`, { body: { source, samples: samplesToSend(chosen) } }),
    onSuccess: (proposal, { keep }) => dispatch({ do: "propose", proposal, keep }),
  });
  const asked = useDeferredValue(text);
  const preview = useQuery({
    queryKey: ["mapping-preview", asked, samples],
    queryFn: ({ signal }) =>
      callApi<MappingPreview>(`${API}/preview`, {
        body: { mapping: JSON.parse(asked), samples: samplesToSend(samples, PREVIEW_ROWS) },
        signal,
      }),
    enabled: files.length > 0,
    placeholderData: (before) => before,
    retry: false,
  });
  const save = useMutation({
    mutationFn: () => callApi<{ version: number }>(API, { body: { mapping, basedOn: version } }),
    onSuccess: () => {
      setSavedText(text);
      router.refresh();
    },
  });
  const { problems, outputs } = preview.data ?? NO_PREVIEW;

  function take(chosen: readonly SampleFile[]) {
    const all = [...samples.filter((old) => !chosen.some(({ name }) => name === old.name)), ...chosen];
    setSamples(all);
    // All of them again: ids that occur in one file tell what another one is about. What is mapped stays as it is.
    propose.mutate({ chosen: all, keep: true });
  }

  return (
    <div className="space-y-4">
      <SampleChooser
        samples={samples}
        deliveries={deliveries}
        busy={propose.isPending}
        onChoose={take}
        onProposeAgain={() => propose.mutate({ chosen: samples, keep: false })}
      />
      {propose.isError && <Fault message={propose.error.message} />}
      {preview.isError && <Fault message={preview.error.message} />}
      {files.map((file, index) => (
        <FileSection
          key={file.key}
          file={file}
          sample={sampleOf(file.file.name, samples)}
          columns={columns}
          problems={problems
            .filter(({ path }) => path[0] === "files" && path[1] === index)
            .map(({ path, message }) => ({ path: path.slice(2), message }))}
          previews={outputs.filter((output) => output.file === index)}
          dispatch={dispatch}
        />
      ))}
      <MappingJson mapping={mapping} onLoad={(loaded) => dispatch({ do: "load", mapping: loaded })} />
      {files.length > 0 && (
        <div className="space-y-3">
          {problems.length > 0 && (
            <Callout tone="warn">
              {problems.length === 1 ? "One place needs" : `${problems.length} places need`} a look before this can be
              saved:
              <ul className="mt-1 list-disc pl-5">
                {problems.slice(0, PROBLEMS_NAMED).map((problem) => (
                  <li key={JSON.stringify(problem.path) + problem.message}>{describeProblem(problem, mapping)}</li>
                ))}
              </ul>
              {problems.length > PROBLEMS_NAMED && <p>and {problems.length - PROBLEMS_NAMED} more</p>}
            </Callout>
          )}
          {save.isError && <Fault message={save.error.message} />}
          {save.isSuccess && !changed && (
            <div role="status">
              <Callout tone="good">
                Saved as version {save.data.version}. The next files of {source} are read by it:{" "}
                <Link href={`/imports/new?source=${source}`} className="underline">
                  upload some
                </Link>
                , or check again those that wait under{" "}
                <Link href="/imports" className="underline">
                  Imports
                </Link>
                .
              </Callout>
            </div>
          )}
          <Button
            look="primary"
            busy={save.isPending}
            disabled={!changed || problems.length > 0}
            onClick={() => save.mutate()}
          >
            {version === 0 ? "Save" : `Save as version ${version + 1}`}
          </Button>
        </div>
      )}
    </div>
  );
}

const PREVIEW_ROWS = 50;
const PROBLEMS_NAMED = 5;

function Fault({ message }: { message: string }) {
  return (
    <div role="alert">
      <Callout tone="danger">{message}</Callout>
    </div>
  );
}

function useWarningBeforeLeaving(changed: boolean) {
  useEffect(() => {
    if (!changed) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [changed]);
}
