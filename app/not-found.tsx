import type { Metadata } from "next";
import { Wordmark } from "@/components/layout/wordmark";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

/** Also what a page answers that is not for this user. */
export default function NotFound() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-3 px-6">
      <Wordmark />
      <h1 className="mt-4 text-xl font-semibold tracking-tight">There is nothing at this address</h1>
      <p className="text-muted">It may have been moved, or it is not part of what your role can see.</p>
      <ButtonLink href="/" look="primary" className="mt-2">
        To the start page
      </ButtonLink>
    </main>
  );
}
