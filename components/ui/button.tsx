import clsx from "clsx";
import Link from "next/link";
import type { ComponentProps } from "react";

type Look = "primary" | "secondary" | "quiet" | "danger";
type Size = "sm" | "md";

/** A button; `busy` keeps its width, says so to assistive technology and stops further presses. */
export function Button({
  look = "secondary",
  size = "md",
  busy = false,
  className,
  children,
  type = "button",
  disabled,
  ...rest
}: ComponentProps<"button"> & { look?: Look; size?: Size; busy?: boolean }) {
  return (
    <button
      type={type}
      className={clsx(buttonClass(look, size), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy && (
        <span
          aria-hidden
          className="size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent motion-reduce:animate-none"
        />
      )}
      {children}
    </button>
  );
}

/** A link that looks like a button: for going somewhere, never for doing something. */
export function ButtonLink({
  look = "secondary",
  size = "md",
  className,
  ...rest
}: ComponentProps<typeof Link> & { look?: Look; size?: Size }) {
  return <Link className={clsx(buttonClass(look, size), className)} {...rest} />;
}

function buttonClass(look: Look, size: Size): string {
  return clsx(
    "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
    size === "sm" ? "h-7 px-2.5 text-sm" : "h-8 px-3 text-sm",
    {
      primary: "border-transparent bg-accent text-on-accent hover:bg-accent-hover",
      secondary: "border-line-strong bg-surface text-ink hover:bg-sunken",
      quiet: "border-transparent bg-transparent text-muted hover:bg-sunken hover:text-ink",
      danger: "border-transparent bg-danger text-on-danger hover:opacity-90",
    }[look],
  );
}
