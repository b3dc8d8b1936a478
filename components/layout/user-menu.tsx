"use client";

import { KeyRound, LogOut } from "lucide-react";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { useState } from "react";
import { ROLE_LABELS, type SignedInUser } from "@/lib/users/contract";
import type { Theme } from "./theme";
import { ThemeChoice } from "./theme-choice";

const ITEM =
  "flex h-8 w-full items-center gap-2.5 rounded-md px-2.5 text-sm font-medium text-muted hover:bg-sunken hover:text-ink max-md:h-10";

/** Who is signed in, colours, password, sign-out. */
export function UserMenu({ user, theme }: { user: Pick<SignedInUser, "name" | "email" | "role">; theme: Theme }) {
  const [leaving, setLeaving] = useState(false);

  async function leave() {
    setLeaving(true);
    await signOut({ callbackUrl: "/sign-in" });
  }

  return (
    <div className="space-y-2 border-t border-line pt-3">
      <div className="px-2.5">
        <p className="truncate text-sm font-medium text-ink" title={user.email}>
          {user.name}
        </p>
        <p className="truncate text-xs text-faint">{ROLE_LABELS[user.role]}</p>
      </div>
      <div>
        <Link href="/password" className={ITEM}>
          <KeyRound aria-hidden className="size-4" strokeWidth={1.75} />
          Password and sessions
        </Link>
        <button type="button" onClick={leave} disabled={leaving} className={ITEM}>
          <LogOut aria-hidden className="size-4" strokeWidth={1.75} />
          {leaving ? "Signing out…" : "Sign out"}
        </button>
      </div>
      <ThemeChoice initial={theme} />
    </div>
  );
}
