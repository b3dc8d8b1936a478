import type { ReactNode } from "react";
import { AppShell } from "../app-shell";

export default function LeadershipLayout({ children }: { children: ReactNode }) {
  return <AppShell roles={["vp", "admin"]}>{children}</AppShell>;
}
