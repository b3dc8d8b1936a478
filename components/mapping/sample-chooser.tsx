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

/** Files that have come already and can be looked at. */
export type WaitingDelivery = { id: string; came: string; names: string[] };

type Asked = { readonly deliveryId: string; readonly name: string };

/** Takes the beginning of files, from this computer or of those that came already. */
export function SampleChooser({
  samples,
  deliveries,
  busy,
  onChoose,
  onProposeAgain,
}: {
  samples: readonly SampleFile[];
  deliveries: readonly WaitingDelivery[];
  busy: boolean;
  onChoose: (samples: readonly SampleFile[]) => void;
  onProposeAgain: () => void;
}) {
  const read = useMutation({
    mutationFn: async (files: readonly (File | Asked)[]) => {
      const found: SampleFile[] = [];
      // One after another: a request holds one beginning.
      for (const file of files) {
        const body = file instanceof File ? await readBeginning(file) : file;
        found.push(await callApi<SampleFile>("/api/v1/admin/mappings/samples", { body }));
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
        {deliveries.map(({ id, came, names }) => (
          <div key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Button
              disabled={read.isPending}
              onClick={() => read.mutate(names.map((name) => ({ deliveryId: id, name })))}
            >
              Look at the files that came {came}
            </Button>
            <span className="min-w-0 break-words text-sm text-muted">{names.join(", ")}</span>
          </div>
        ))}
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
