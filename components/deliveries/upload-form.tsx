"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { formatBytes } from "@/components/ui/format";
import { Input } from "@/components/ui/input";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { ReceivedDelivery } from "@/lib/deliveries/contract";
import { uploadFiles } from "@/lib/http/client-upload";
import { CANONICAL_FILES } from "@/lib/ingest/contract";
import { SourceSchema } from "@/lib/ingest/mapping/contract";
import { problemOf } from "./chosen-files";
import { FilePicker } from "./file-picker";

/** Source and files of a delivery; sends them with progress and leads on to what its check finds. */
export function UploadForm({
  sources,
  offered,
  bytesMax,
  lagHours,
}: {
  sources: readonly { source: string; mapped: boolean }[];
  /** the source to begin with */
  offered: string;
  bytesMax: number;
  lagHours: number;
}) {
  const router = useRouter();
  const [source, setSource] = useState(offered);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [historical, setHistorical] = useState(false);
  const [asked, setAsked] = useState(false);
  const [sent, setSent] = useState<{ bytes: number; total: number } | null>(null);
  const stop = useRef<AbortController | null>(null);
  const upload = useMutation({
    mutationFn: () => {
      stop.current = new AbortController();
      const query = new URLSearchParams({ source, historical: String(historical) });
      return uploadFiles<ReceivedDelivery>(`/api/v1/admin/deliveries?${query}`, {
        files,
        signal: stop.current.signal,
        onProgress: (bytes, total) => setSent({ bytes, total }),
      });
    },
    onSuccess: ({ delivery, repeated }) =>
      router.push(`/imports/deliveries/${delivery.id}${repeated ? "?repeated=1" : ""}`),
    onSettled: () => setSent(null),
  });
  const busy = upload.isPending || upload.isSuccess;
  useLeaveQuestion(upload.isPending);
  const problem = problemOf(files, { bytesMax });

  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (problem === null && !busy) upload.mutate();
  }

  const cancelled = upload.isError && stop.current?.signal.aborted;
  return (
    <form method="post" onSubmit={submit} className="max-w-2xl space-y-5">
      {upload.isError && (
        <div role="alert">
          {cancelled ? (
            <Callout>The upload was cancelled; nothing of it was kept.</Callout>
          ) : (
            <Callout tone="danger">{upload.error.message}</Callout>
          )}
        </div>
      )}
      <Field
        id="delivery-source"
        label="Source"
        hint="What the files come from, in lower-case letters, digits and hyphens, such as billing."
      >
        {(control) => (
          <Input
            {...control}
            list="delivery-sources"
            autoComplete="off"
            required
            maxLength={40}
            pattern="[a-z][a-z0-9\-]*"
            disabled={busy}
            value={source}
            onChange={(event) => setSource(event.target.value)}
          />
        )}
      </Field>
      <datalist id="delivery-sources">
        {sources.map((known) => (
          <option key={known.source} value={known.source} />
        ))}
      </datalist>
      {SourceSchema.safeParse(source).success && (
        <HowRead source={source} mapped={sources.some((known) => known.mapped && known.source === source)} />
      )}
      <FilePicker
        files={files}
        problem={asked || files.length > 0 ? problem : null}
        disabled={busy}
        onChange={(chosen) => setFiles(chosen)}
      />
      <label className="flex items-start gap-2.5 text-sm text-ink">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-[var(--color-accent)]"
          checked={historical}
          disabled={busy}
          onChange={(event) => setHistorical(event.target.checked)}
        />
        <span>
          These are past data
          <span className="block text-xs text-faint">
            Rows that do not say when they were recorded count as known {lagHours} hours after they occurred, instead of
            since now. Choose it for the first files, which tell of the years before.
          </span>
        </span>
      </label>
      {upload.isPending && (
        <div className="space-y-1.5">
          <ProgressBar fraction={sent && sent.bytes / sent.total} label="Progress of the upload" />
          <p className="text-sm text-muted" aria-live="polite">
            {sent && sent.bytes < sent.total
              ? `${formatBytes(sent.bytes)} of ${formatBytes(sent.total)} sent`
              : "All is sent; the server puts it away."}
          </p>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy}>
          Upload and check
        </Button>
        {upload.isPending && (
          <Button onClick={() => stop.current?.abort(new DOMException("cancelled", "AbortError"))}>Cancel</Button>
        )}
      </div>
      <p className="text-xs text-faint">
        First nothing is imported: you see what would change and which rows would be set aside, and then decide.
      </p>
    </form>
  );
}

function HowRead({ source, mapped }: { source: string; mapped: boolean }) {
  const mapping = (
    <Link href={`/mappings/${source}`} className="underline">
      {mapped ? "saved mapping" : "make a mapping"}
    </Link>
  );
  if (mapped) return <Callout>Its files are read by the {mapping} of this source.</Callout>;
  return (
    <Callout>
      No mapping is saved for this source, so its files must be canonical ones: {CANONICAL_FILES.join(", ")}. For files
      that look otherwise, {mapping} first.
    </Callout>
  );
}

/** Asks before the page is left in the middle of an upload. */
function useLeaveQuestion(active: boolean) {
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [active]);
}
