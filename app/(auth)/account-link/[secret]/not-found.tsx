import { Wordmark } from "@/components/layout/wordmark";
import { ButtonLink } from "@/components/ui/button";
import { DEAD_LINK } from "@/lib/users/link-contract";

/** Of every link that does not work, whether used, expired, revoked or never made. */
export default function DeadAccountLink() {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-3 px-6">
      <Wordmark />
      <h1 className="mt-4 text-xl font-semibold tracking-tight">This link opens nothing</h1>
      <p className="text-muted">{DEAD_LINK}</p>
      <p className="text-sm text-muted">
        Links work once and for a limited time. Whoever has a password signs in with it.
      </p>
      <ButtonLink href="/sign-in" look="primary" className="mt-2">
        To the sign-in page
      </ButtonLink>
    </main>
  );
}
