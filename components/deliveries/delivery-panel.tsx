"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { formatCount } from "@/components/ui/format";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { DeliveryAction, DeliveryNow } from "@/lib/deliveries/contract";
import { callApi } from "@/lib/http/client";
import { CheckReport } from "./check-report";
import { isMoving } from "./delivery-words";

const MOVING_POLL_MS = 1_500;

/** What is happening to a delivery, kept fresh while it changes, and what the person may decide. */
export function DeliveryPanel({ initial, zone }: { initial: DeliveryNow; zone: string }) {
  const queryClient = useQueryClient();
  const path = `/api/v1/admin/deliveries/${initial.id}` as const;
  const queryKey = ["delivery", initial.id];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => callApi<DeliveryNow>(path, { signal }),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.status) ? MOVING_POLL_MS : false),
  });
  const decision = useMutation({
    mutationFn: (action: DeliveryAction) => callApi<DeliveryNow>(path, { method: "PATCH", body: { action } }),
    onSuccess: (delivery) => queryClient.setQueryData(queryKey, delivery),
    // Somebody else may have decided: the page then shows what is so.
    onError: () => queryClient.invalidateQueries({ queryKey }),
  });
  const delivery = query.data;
  return (
    <div className="space-y-4">
      {query.isError && <Callout tone="warn">This page is not fresh: {query.error.message}</Callout>}
      {decision.isError && (
        <div role="alert">
          <Callout tone="danger">{decision.error.message}</Callout>
        </div>
      )}
      <div role="status">
        <State delivery={delivery} />
      </div>
      <Decisions delivery={delivery} busy={decision.isPending} onDecide={(action) => decision.mutate(action)} />
      {delivery.check?.outcome === "importable" && delivery.status === "checked" && (
        <CheckReport check={delivery.check} zone={zone} />
      )}
    </div>
  );
}

function State({ delivery }: { delivery: DeliveryNow }) {
  const { status, error, check } = delivery;
  if (isMoving(status)) return <Moving delivery={delivery} />;
  if (status === "checked" && check?.outcome === "refused")
    return (
      <Callout tone="danger" title="These files would be refused">
        <p className="break-words">{check.reason}</p>
        <p className="mt-1">
          Mend the files and upload them again, or{" "}
          <Link href={`/mappings/${delivery.source}`} className="underline">
            mend the mapping
          </Link>{" "}
          of this source and check them again.
        </p>
      </Callout>
    );
  if (status === "checked") return <Callout tone="good">Checked. Nothing has been imported yet: decide below.</Callout>;
  if (status === "refused")
    return (
      <Callout tone="danger" title="Refused; nothing of it was kept">
        <p className="break-words">{error}</p>
      </Callout>
    );
  if (status === "discarded") return <Callout>Discarded{error ? `: ${error}` : "; nothing of it was kept"}.</Callout>;
  return <Imported delivery={delivery} />;
}

function Imported({ delivery }: { delivery: DeliveryNow }) {
  const done = delivery.import;
  if (!done) return <Callout tone="good">Imported.</Callout>;
  return (
    <Callout tone="good" title="Imported">
      <p>
        {formatCount(done.rowsNew)} new, {formatCount(done.rowsChanged)} changed, {formatCount(done.rowsSame)} known,{" "}
        {formatCount(done.rowsBad)} set aside, of {formatCount(done.rowsRead)} rows.{" "}
        <Link href={`/imports/${done.id}`} className="underline">
          Import #{done.id}
        </Link>
      </p>
    </Callout>
  );
}

const MOVING_WORDS: Record<string, string> = {
  receiving: "The files are coming in.",
  received: "The files are here and wait for their check.",
  checking: "The files are being checked; nothing is imported.",
  queued: "The files wait for their import.",
  importing: "The files are being imported.",
};

function Moving({ delivery }: { delivery: DeliveryNow }) {
  const { progress, waitsFor, error } = delivery;
  return (
    <div className="max-w-2xl space-y-2">
      <p className="text-sm text-ink">{MOVING_WORDS[delivery.status]}</p>
      <ProgressBar fraction={progress?.fraction ?? null} label="Progress of the delivery" />
      <p className="text-sm text-muted">
        {progress
          ? [progress.step, progress.message].filter(Boolean).join(": ")
          : waitsFor && `“${waitsFor}” ends first.`}
      </p>
      {error && <Callout tone="warn">The last try failed and is repeated: {error}</Callout>}
    </div>
  );
}

function Decisions({
  delivery,
  busy,
  onDecide,
}: {
  delivery: DeliveryNow;
  busy: boolean;
  onDecide: (action: DeliveryAction) => void;
}) {
  const [asking, setAsking] = useState(false);
  const { status, check } = delivery;
  const undecided = ["received", "checking", "checked", "queued"].includes(status);
  if (!undecided && status !== "refused" && status !== "discarded") return null;
  return (
    <div className="flex flex-wrap gap-2">
      {status === "checked" && check?.outcome === "importable" && (
        <Button look="primary" busy={busy} onClick={() => onDecide("import")}>
          Import
        </Button>
      )}
      {status === "checked" && (
        <Button disabled={busy} onClick={() => onDecide("check")}>
          Check again
        </Button>
      )}
      {undecided ? (
        <Button look="quiet" disabled={busy} onClick={() => setAsking(true)}>
          Discard
        </Button>
      ) : (
        <ButtonLink href="/imports/new">Upload files</ButtonLink>
      )}
      <Dialog open={asking} onClose={() => setAsking(false)} title="Discard these files?">
        <p className="text-sm text-muted">They are removed from the server, and nothing of them is imported.</p>
        <DialogActions>
          <Button onClick={() => setAsking(false)}>Keep them</Button>
          <Button
            look="danger"
            onClick={() => {
              setAsking(false);
              onDecide("discard");
            }}
          >
            Discard
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}
