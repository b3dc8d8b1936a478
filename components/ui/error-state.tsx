"use client";

import { TriangleAlert } from "lucide-react";
import { Button } from "./button";

/** Something failed: what, and a way to try again. `reference` is what support can find in the log. */
export function ErrorState({
  title = "This could not be shown",
  message,
  reference,
  onRetry,
}: {
  title?: string;
  message: string;
  reference?: string | null;
  onRetry?: () => void;
}) {
  return (
    <div
      role="alert"
      className="flex flex-col items-center gap-2 rounded-lg border border-line bg-surface px-6 py-12 text-center"
    >
      <TriangleAlert aria-hidden className="size-6 text-danger-text" strokeWidth={1.5} />
      <p className="text-base font-medium text-ink">{title}</p>
      <p className="max-w-md text-sm text-muted">{message}</p>
      {reference && <p className="font-mono text-xs text-faint">Reference {reference}</p>}
      {onRetry && (
        <Button className="mt-2" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
