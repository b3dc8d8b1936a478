"use client";

import { Menu, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

/** The sidebar on small screens: a drawer from the left, closed by choosing a page, by Escape or by its button. */
export function MobileMenu({ children }: { children: ReactNode }) {
  const drawer = useRef<HTMLDialogElement>(null);
  const pathname = usePathname();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of page is what closes it
  useEffect(() => drawer.current?.close(), [pathname]);

  return (
    <>
      <button
        type="button"
        aria-label="Open the menu"
        onClick={() => drawer.current?.showModal()}
        className="-mr-2 inline-flex size-10 items-center justify-center rounded-md text-ink hover:bg-sunken"
      >
        <Menu aria-hidden className="size-5" />
      </button>
      <dialog
        ref={drawer}
        aria-label="Menu"
        className="fixed inset-y-0 left-0 m-0 h-dvh max-h-none w-72 max-w-[85vw] border-r border-line bg-surface p-3 text-ink"
      >
        <div className="flex h-full flex-col gap-3 overflow-y-auto">
          <button
            type="button"
            aria-label="Close the menu"
            onClick={() => drawer.current?.close()}
            className="inline-flex size-10 items-center justify-center self-end rounded-md text-muted hover:bg-sunken"
          >
            <X aria-hidden className="size-5" />
          </button>
          {children}
        </div>
      </dialog>
    </>
  );
}
