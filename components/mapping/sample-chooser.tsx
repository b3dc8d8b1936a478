"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { callApi } from "@/lib/http/client";
import type { SampleFile } from "@/lib/ingest/mapping/editing-contract";
import { FileInput } from "./file-input";
import { Labelled } from "./labelled";
import { readBeginning } from "./read-beginning";

/** Takes the beginning of files from this computer. */
export function SampleChooser({
  samples,
  busy,
  onChoose,
  onProposeAgain,
}: {
  samples: readonly SampleFile[];
  busy: boolean;
  onChoose: (samples: readonly SampleFile[]) => void;
  onProposeAgain: () => void;
}) {
  const read = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const found: SampleFile[] = [];
      // One after another: a request holds one beginning.
      for (const file of files) {
        found.push(await callApi<SampleFile>("/api/v1/admin/mappings/samples", { body: await readBeginning(file) }));
      }
      return found;
    },
    onSuccess: onChoose,
  });
  return (
    <Card
      title="Files to look at"
      description="Choose files as your system exports them, several at once. Only the first 256 kB of each are looked at, and nothing of them is kept."
    >
      <div className="space-y-3">
        <div className="flex flex-wrap items-end gap-3">
          <Labelled label="CSV files">
            {(control) => (
              <FileInput
                {...control}
                multiple
                accept=".csv,.tsv,.txt,text/csv"
                disabled={read.isPending}
                onFiles={(files) => read.mutate(files)}
              />
            )}
          </Labelled>
          {samples.length > 0 && (
            <Button busy={busy} onClick={onProposeAgain}>
              Propose anew
            </Button>
          )}
        </div>
        <p role="status" className="text-sm text-muted">
          {read.isPending || busy ? "Looking at the files …" : chosenWords(samples)}
        </p>
        {read.isError && (
          <div role="alert">
            <Callout tone="danger">{read.error.message}</Callout>
          </div>
        )}
      </div>
    </Card>
  );
}

function chosenWords(samples: readonly SampleFile[]): string {
  if (samples.length === 0) return "No file chosen yet.";
  return samples.map(({ name, rows }) => `${name} (first ${rows.length} rows)`).join(", ");
}
