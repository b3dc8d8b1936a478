import clsx from "clsx";
import type { ComponentProps } from "react";

/** 16 px on small screens, where phones otherwise zoom into the field. */
const CONTROL =
  "w-full rounded-md border border-control bg-surface px-2.5 text-sm text-ink placeholder:text-faint max-md:text-[1rem] " +
  "focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={clsx(CONTROL, "h-8 max-md:h-10", className)} {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={clsx(CONTROL, "min-h-24 py-1.5", className)} {...rest} />;
}

export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <select className={clsx(CONTROL, "h-8 max-md:h-10 pr-7", className)} {...rest}>
      {children}
    </select>
  );
}
