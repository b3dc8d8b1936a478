"use client";

import { ErrorState } from "@/components/ui/error-state";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto max-w-xl px-6 py-16">
      <ErrorState
        message="Something went wrong while making this page. Trying again often helps; nothing you entered elsewhere is lost."
        reference={error.digest}
        onRetry={reset}
      />
    </main>
  );
}
