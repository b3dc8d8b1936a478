import Link from "next/link";
import type { ReactNode } from "react";
import { isBeingSetUp, type ProductStatus } from "@/lib/product-status/contract";
import type { SignedInUser } from "@/lib/users/contract";
import { MobileMenu } from "./mobile-menu";
import { NavLinks } from "./nav-links";
import { homeOf, navigationFor } from "./navigation";
import { StatusStrip } from "./status-strip";
import type { Theme } from "./theme";
import { UserMenu } from "./user-menu";
import { Wordmark } from "./wordmark";

/** The frame of every signed-in page: menu by role, status line, content. */
export function Shell({
  user,
  status,
  theme,
  now,
  children,
}: {
  user: SignedInUser;
  status: ProductStatus;
  theme: Theme;
  now: Date;
  children: ReactNode;
}) {
  const beingSetUp = isBeingSetUp(status);
  const home = homeOf(user.role, beingSetUp);
  const sections = navigationFor(user.role);
  const person = { name: user.name, email: user.email, role: user.role };
  const menu = (
    <div className="flex min-h-0 flex-1 flex-col justify-between gap-6">
      <NavLinks sections={sections} />
      <UserMenu user={person} theme={theme} />
    </div>
  );
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-surface px-3 py-2 text-sm focus:not-sr-only focus:fixed focus:left-3 focus:top-3"
      >
        Skip to the content
      </a>
      <aside
        aria-label="Menu"
        className="sticky top-0 hidden h-dvh flex-col gap-5 overflow-y-auto border-r border-line bg-surface p-3 md:flex"
      >
        <Link href={home} className="rounded-md px-2.5 py-1.5">
          <Wordmark />
        </Link>
        {menu}
      </aside>
      <div className="min-w-0">
        <header className="sticky top-0 z-20 flex items-center justify-between border-b border-line bg-surface px-4 py-1.5 md:hidden">
          <Link href={home}>
            <Wordmark />
          </Link>
          <MobileMenu>{menu}</MobileMenu>
        </header>
        <section aria-label="State of the data" className="border-b border-line px-4 py-2 md:px-6">
          <StatusStrip status={status} now={now} toSetUp={beingSetUp && user.role === "admin"} />
        </section>
        <main id="content" className="mx-auto max-w-[84rem] space-y-4 px-4 py-5 md:px-6">
          {children}
        </main>
      </div>
    </div>
  );
}
