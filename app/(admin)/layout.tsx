import type { ReactNode } from "react";
import { AppShell } from "../app-shell";

export default function AdminLayout({ children }: { children: ReactNode }) {
  return <AppShell roles={["data_scientist", "admin"]}>{children}</AppShell>;
}
