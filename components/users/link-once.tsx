"use client";

import { SecretOnce } from "@/components/ui/secret-once";
import { linkPath, type NewLink } from "@/lib/users/link-contract";
import { linkWords } from "./link-words";

/** The link that was just made for a person, under the address by which this browser reaches the product. */
export function LinkOnce({ link, name, onDone }: { link: NewLink; name: string; onDone: () => void }) {
  return (
    <SecretOnce
      label={`Link for ${name}`}
      warning={`Send it to ${name} alone: whoever opens it first sets the password. It is shown this once, works once and ${linkWords(link.purpose).lasts}.`}
      secret={`${window.location.origin}${linkPath(link.secret)}`}
      onDone={onDone}
    />
  );
}
