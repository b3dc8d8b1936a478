import type { ReactNode } from "react";
import { requireUser } from "@/lib/auth/service";
import { AppShell } from "../app-shell";

/** Refuses roles before anything is sent, so that the answer is a 404 like that of an unknown address; pages check again. */
export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  await requireUser("csm", "vp", "admin");
  return <AppShell>{children}</AppShell>;
}
