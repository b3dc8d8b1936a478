"use client";

import { type ReactNode, useId, useRef, useState } from "react";

const GAP_PX = 6;
const WIDTH_MAX_PX = 288;

/**
 * Words on hover and on focus, for what is explained nowhere else on the page but is not needed to use it. Placed by
 * the window, so that a scrolling table does not cut it off; Escape closes it.
 */
export function Tooltip({ text, children }: { text: ReactNode; children: ReactNode }) {
  const id = useId();
  const anchor = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number; above: boolean } | null>(null);

  function open() {
    const box = anchor.current?.getBoundingClientRect();
    if (!box) return;
    const above = box.top > window.innerHeight / 2;
    const left = Math.max(8, Math.min(box.left, window.innerWidth - WIDTH_MAX_PX - 8));
    setPlace({ left, top: above ? box.top - GAP_PX : box.bottom + GAP_PX, above });
  }

  const close = () => setPlace(null);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className="cursor-help text-left underline decoration-line-strong decoration-dotted underline-offset-4"
        aria-describedby={place ? id : undefined}
        onMouseEnter={open}
        onMouseLeave={close}
        onFocus={open}
        onBlur={close}
        onClick={open}
        onKeyDown={(event) => event.key === "Escape" && close()}
      >
        {children}
      </button>
      {place && (
        <span
          id={id}
          role="tooltip"
          style={{
            left: place.left,
            top: place.top,
            maxWidth: WIDTH_MAX_PX,
            transform: place.above ? "translateY(-100%)" : undefined,
          }}
          className="pointer-events-none fixed z-50 whitespace-normal rounded-md bg-ink px-2.5 py-1.5 text-left text-xs font-normal text-canvas shadow-lg"
        >
          {text}
        </span>
      )}
    </>
  );
}
