import clsx from "clsx";
import type { ReactNode } from "react";

export type Tone = "neutral" | "accent" | "good" | "warn" | "danger";

/** A short state in words; the tone repeats what the words say and never stands alone. */
export function Badge({
  tone = "neutral",
  children,
  className,
}: {
  tone?: Tone;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={clsx(
        "inline-flex h-5 items-center gap-1 whitespace-nowrap rounded px-1.5 text-xs font-medium [&_svg]:size-3 [&_svg]:shrink-0",
        {
          neutral: "bg-sunken text-muted",
          accent: "bg-accent-soft text-accent-text",
          good: "bg-good-soft text-good-text",
          warn: "bg-warn-soft text-warn-text",
          danger: "bg-danger-soft text-danger-text",
        }[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
