import { ButtonLink } from "./button";

/**
 * Keyset pages: to the first page and to the next, each where there is one. There is no count and no last page, since
 * neither can be had cheaply.
 */
export function Pagination({ firstHref, nextHref }: { firstHref: string | null; nextHref: string | null }) {
  if (!firstHref && !nextHref) return null;
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2 pt-1">
      {firstHref && (
        <ButtonLink size="sm" href={firstHref}>
          Back to the start
        </ButtonLink>
      )}
      {nextHref && (
        <ButtonLink size="sm" href={nextHref}>
          Next page
        </ButtonLink>
      )}
    </nav>
  );
}
