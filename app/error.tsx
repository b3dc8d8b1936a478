"use client";

import { PageError, type PageErrorProps } from "@/components/layout/page-error";

/** Where the frame itself could not be made. */
export default function AppError(props: PageErrorProps) {
  return (
    <main className="mx-auto max-w-xl px-6 py-16">
      <PageError {...props} />
    </main>
  );
}
