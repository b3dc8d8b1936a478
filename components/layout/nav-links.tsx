"use client";

import clsx from "clsx";
import {
  Boxes,
  Building2,
  CalendarCheck2,
  CalendarClock,
  Columns3Cog,
  DoorOpen,
  FileInput,
  FileSearch,
  FileWarning,
  FlaskConical,
  History,
  KeyRound,
  LayoutDashboard,
  ListChecks,
  ListTodo,
  type LucideIcon,
  Replace,
  ScrollText,
  ShieldCheck,
  SlidersHorizontal,
  Table2,
  Users,
} from "lucide-react";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { NavigationItem } from "./navigation";

const ICONS: Record<NavigationItem["icon"], LucideIcon> = {
  queue: ListChecks,
  leaving: DoorOpen,
  customers: Building2,
  dashboard: LayoutDashboard,
  "churn-check": CalendarCheck2,
  backtest: History,
  models: Boxes,
  training: FlaskConical,
  features: Table2,
  "set-up": ListTodo,
  jobs: CalendarClock,
  imports: FileInput,
  quarantine: FileWarning,
  mappings: Replace,
  report: FileSearch,
  users: Users,
  tokens: KeyRound,
  settings: SlidersHorizontal,
  columns: Columns3Cog,
  privacy: ShieldCheck,
  audit: ScrollText,
};

/** The menu's links by section; the open page's is marked, also from the pages below it. */
export function NavLinks({ sections }: { sections: { title: string; items: NavigationItem[] }[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="space-y-5">
      {sections.map((section) => (
        <div key={section.title}>
          <p className="px-2.5 pb-1 text-xs font-medium text-faint">{section.title}</p>
          <ul className="space-y-px">
            {section.items.map((item) => (
              <li key={item.href}>
                <NavLink item={item} current={pathname === item.href || pathname.startsWith(`${item.href}/`)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function NavLink({ item, current }: { item: NavigationItem; current: boolean }) {
  const Icon = ICONS[item.icon];
  return (
    <Link
      href={item.href}
      aria-current={current ? "page" : undefined}
      className={clsx(
        "flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm font-medium max-md:h-10",
        current ? "bg-accent-soft text-accent-text" : "text-muted hover:bg-sunken hover:text-ink",
      )}
    >
      <Icon aria-hidden className="size-4" strokeWidth={1.75} />
      {item.label}
      <Pending />
    </Link>
  );
}

function Pending() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return (
    <span
      aria-hidden
      className="ml-auto size-3 animate-spin rounded-full border-2 border-accent border-r-transparent"
    />
  );
}
