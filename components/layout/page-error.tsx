"use client";

import { ErrorState } from "@/components/ui/error-state";

export type PageErrorProps = { error: Error & { digest?: string }; retry: () => void };

/** A page that failed, inside its frame: the menu stays, so another page is one click away. */
export function PageError({ error, retry }: PageErrorProps) {
  return (
    <>
      <h1 className="sr-only">Something went wrong</h1>
      <ErrorState
        message="Something went wrong while making this page. Trying again often helps; nothing you entered elsewhere is lost."
        reference={error.digest}
        onRetry={retry}
      />
    </>
  );
}
