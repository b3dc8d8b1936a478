import clsx from "clsx";
import type { ReactNode } from "react";

/** A message that stands in the page: what is so, and what follows from it. */
export function Callout({
  tone = "info",
  title,
  children,
}: {
  tone?: "info" | "warn" | "danger" | "good";
  title?: string;
  children: ReactNode;
}) {
  return (
    <div
      className={clsx(
        "rounded-md px-3 py-2 text-sm",
        {
          info: "bg-accent-soft text-accent-text",
          warn: "bg-warn-soft text-warn-text",
          danger: "bg-danger-soft text-danger-text",
          good: "bg-good-soft text-good-text",
        }[tone],
      )}
    >
      {title && <p className="font-medium">{title}</p>}
      {children}
    </div>
  );
}
