import type { Role } from "@/lib/users/contract";

export type NavigationItem = {
  href: string;
  label: string;
  icon:
    | "queue"
    | "leaving"
    | "customers"
    | "dashboard"
    | "churn-check"
    | "backtest"
    | "models"
    | "training"
    | "features"
    | "set-up"
    | "jobs"
    | "imports"
    | "mappings"
    | "quarantine"
    | "report"
    | "users"
    | "tokens"
    | "settings"
    | "columns"
    | "privacy"
    | "audit";
};
type Section = { title: string; items: (NavigationItem & { roles: readonly Role[] })[] };

const SECTIONS: readonly Section[] = [
  {
    title: "Customers",
    items: [
      { href: "/dashboard", label: "Dashboard", icon: "dashboard", roles: ["vp", "admin"] },
      { href: "/queue", label: "Risk queue", icon: "queue", roles: ["csm", "vp", "admin"] },
      { href: "/leaving", label: "Leaving", icon: "leaving", roles: ["csm", "vp", "admin"] },
      { href: "/customers", label: "All customers", icon: "customers", roles: ["csm", "vp", "admin"] },
    ],
  },
  {
    title: "Prediction",
    items: [
      { href: "/backtest", label: "Backtest", icon: "backtest", roles: ["vp", "data_scientist", "admin"] },
      { href: "/model-versions", label: "Model versions", icon: "models", roles: ["data_scientist", "admin"] },
      { href: "/training-runs", label: "Training runs", icon: "training", roles: ["data_scientist", "admin"] },
      { href: "/feature-catalogue", label: "Feature catalogue", icon: "features", roles: ["data_scientist", "admin"] },
      { href: "/prediction-data", label: "What predictions read", icon: "columns", roles: ["data_scientist", "admin"] },
    ],
  },
  {
    title: "Data",
    items: [
      { href: "/imports", label: "Imports", icon: "imports", roles: ["admin"] },
      { href: "/mappings", label: "Mappings", icon: "mappings", roles: ["admin"] },
      { href: "/quarantine", label: "Quarantine", icon: "quarantine", roles: ["admin"] },
      { href: "/data-report", label: "Data report", icon: "report", roles: ["data_scientist", "admin"] },
      { href: "/churn-check", label: "Churn check", icon: "churn-check", roles: ["vp", "admin"] },
    ],
  },
  {
    title: "Operation",
    items: [
      { href: "/setup", label: "Set-up", icon: "set-up", roles: ["admin"] },
      { href: "/job-runs", label: "Job runs", icon: "jobs", roles: ["admin"] },
      { href: "/users", label: "Users", icon: "users", roles: ["admin"] },
      { href: "/api-tokens", label: "API tokens", icon: "tokens", roles: ["admin"] },
      { href: "/privacy", label: "Privacy", icon: "privacy", roles: ["admin"] },
      { href: "/settings", label: "Settings", icon: "settings", roles: ["admin"] },
      { href: "/audit", label: "Audit", icon: "audit", roles: ["admin"] },
    ],
  },
];

const HOME: Record<Role, string> = {
  csm: "/queue",
  vp: "/dashboard",
  data_scientist: "/model-versions",
  admin: "/queue",
};

/** What a role finds in the menu. It shows the way and protects nothing: each page checks for itself. */
export function navigationFor(role: Role): { title: string; items: NavigationItem[] }[] {
  return SECTIONS.map((section) => ({
    title: section.title,
    items: section.items
      .filter((item) => item.roles.includes(role))
      .map(({ href, label, icon }) => ({ href, label, icon })),
  })).filter((section) => section.items.length > 0);
}

/** Where a role begins; an admin of an installation that has no queue yet, with setting it up. */
export function homeOf(role: Role, beingSetUp: boolean): string {
  return role === "admin" && beingSetUp ? "/setup" : HOME[role];
}
