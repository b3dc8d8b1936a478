import clsx from "clsx";
import Link from "next/link";

/** Views of one page, each with an address of its own. */
export function Tabs({
  label,
  tabs,
}: {
  label: string;
  tabs: { href: string; label: string; current: boolean; count?: string }[];
}) {
  return (
    <nav aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? "page" : undefined}
          className={clsx(
            "-mb-px whitespace-nowrap border-b-2 px-0.5 pb-2 pt-1 text-sm font-medium focus-visible:-outline-offset-2",
            tab.current ? "border-accent text-ink" : "border-transparent text-muted hover:text-ink",
          )}
        >
          {tab.label}
          {tab.count !== undefined && <span className="ml-1.5 text-xs text-faint">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
