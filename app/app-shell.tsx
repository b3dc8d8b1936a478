import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Shell } from "@/components/layout/shell";
import { readTheme, THEME_COOKIE } from "@/components/layout/theme";
import { requireUser } from "@/lib/auth/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getProductStatus } from "@/lib/product-status/service";
import type { Role } from "@/lib/users/contract";

/**
 * Reads what the frame shows. For the layouts of signed-in pages, with the roles that may see any of them (none given:
 * all). A layout is checked before anything is sent, so that a page with a loading state still answers 404; it is not
 * run again at every navigation, so each page checks its own roles besides.
 */
export async function AppShell({ roles = [], children }: { roles?: readonly Role[]; children: ReactNode }) {
  const user = await requireUser(...roles);
  const status = await getProductStatus(CHURN_TARGET_ID);
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <Shell user={user} status={status} theme={theme} now={new Date()}>
      {children}
    </Shell>
  );
}
