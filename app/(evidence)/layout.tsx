import type { ReactNode } from "react";
import { BACKTEST_ROLES } from "@/lib/backtest/service";
import { AppShell } from "../app-shell";

export default function EvidenceLayout({ children }: { children: ReactNode }) {
  return <AppShell roles={BACKTEST_ROLES}>{children}</AppShell>;
}
