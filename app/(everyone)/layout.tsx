import type { ReactNode } from "react";
import { AppShell } from "../app-shell";

/** Pages for every role. */
export default function EveryoneLayout({ children }: { children: ReactNode }) {
  return <AppShell>{children}</AppShell>;
}
