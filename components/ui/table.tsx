import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

/** A table in a frame that scrolls sideways on narrow screens; `label` names it for everyone who does not see it. */
export function Table({ label, children, className }: { label: string; children: ReactNode; className?: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table className={clsx("w-full border-collapse text-sm", className)}>{children}</table>
    </section>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="border-b border-line bg-sunken/60 text-left text-xs text-muted">
      <tr>{children}</tr>
    </thead>
  );
}

/** `numeric` aligns right, as the figures below it. */
export function HeaderCell({ numeric, className, ...rest }: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={clsx("h-8 whitespace-nowrap px-3 font-medium", numeric && "text-right", className)}
      {...rest}
    />
  );
}

export function TableBody({ children }: { children: ReactNode }) {
  return <tbody className="divide-y divide-line">{children}</tbody>;
}

export function Row({ className, ...rest }: ComponentProps<"tr">) {
  return <tr className={clsx("hover:bg-sunken/50", className)} {...rest} />;
}

export function Cell({ numeric, className, ...rest }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      className={clsx("px-3 py-2 align-top", numeric && "whitespace-nowrap text-right tabular-nums", className)}
      {...rest}
    />
  );
}
