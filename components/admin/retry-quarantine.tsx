"use client";

import { useMutation } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { formatCount } from "@/components/ui/format";
import { callApi } from "@/lib/http/client";
import type { RetriableImport } from "@/lib/import-history/contract";
import type { RetryReport } from "@/lib/ingest/contract";

/** Tries the quarantined rows of imports again, one import at a time; what came of it stays in sight. */
export function RetryQuarantine({ imports }: { imports: RetriableImport[] }) {
  const router = useRouter();
  const retry = useMutation({
    mutationFn: (importId: number) =>
      callApi<RetryReport>(`/api/v1/admin/imports/${importId}/retry`, { method: "POST" }),
    onSettled: () => router.refresh(),
  });
  if (imports.length === 0 && retry.isIdle) return null;
  return (
    <section aria-label="Try again" className="space-y-2">
      {imports.map(({ importId, source, mapped, rows }) => (
        <div key={importId} className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <Button
            busy={retry.isPending && retry.variables === importId}
            disabled={retry.isPending}
            onClick={() => retry.mutate(importId)}
          >
            <RotateCcw aria-hidden /> Try {rows === 1 ? "1 row" : `${formatCount(rows)} rows`} of import #{importId}{" "}
            again
          </Button>
          <span className="text-sm text-muted">
            {mapped ? (
              <>
                by the newest{" "}
                <Link href={`/mappings/${source}`} className="text-accent-text underline">
                  mapping of {source}
                </Link>
              </>
            ) : (
              "as they came, in case what they lacked is there now"
            )}
          </span>
        </div>
      ))}
      {retry.isError && (
        <div role="alert">
          <Callout tone="danger">{retry.error.message}</Callout>
        </div>
      )}
      {retry.isSuccess && (
        <div role="status">
          <Callout tone={retry.data.left === 0 ? "good" : "warn"}>{outcome(retry.data)}</Callout>
        </div>
      )}
    </section>
  );
}

function outcome({ tried, taken, left }: RetryReport): string {
  if (tried === 0) return "There was nothing left to try.";
  if (left === 0) return tried === 1 ? "The row was taken." : `All ${formatCount(tried)} rows were taken.`;
  if (taken === 0)
    return `None of the ${formatCount(tried)} rows could be taken: the reasons below are those that hold now.`;
  return `${formatCount(taken)} of ${formatCount(tried)} rows were taken; the others stay, for the reasons below.`;
}
