import clsx from "clsx";
import type { ReactNode } from "react";

/** A titled section on a surface. `actions` stand right of the title; `flush` leaves the padding to the content. */
export function Card({
  title,
  description,
  actions,
  flush,
  className,
  children,
}: {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section className={clsx("min-w-0 rounded-lg border border-line bg-surface", className)}>
      {(title || actions) && (
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3.5">
          <div className="min-w-0">
            {title && <h2 className="text-base font-semibold text-ink">{title}</h2>}
            {description && <p className="mt-0.5 max-w-prose text-sm text-muted">{description}</p>}
          </div>
          {actions}
        </header>
      )}
      <div className={flush ? "pt-3" : "p-4"}>{children}</div>
    </section>
  );
}
