import type { ReactNode } from "react";
import { AppShell } from "../app-shell";

export default function WorkspaceLayout({ children }: { children: ReactNode }) {
  return <AppShell roles={["csm", "vp", "admin"]}>{children}</AppShell>;
}
