import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/account/sign-in-form";
import { Wordmark } from "@/components/layout/wordmark";
import { Badge } from "@/components/ui/badge";
import { safeNextPath } from "@/lib/auth/contract";
import { currentUser } from "@/lib/auth/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getProductStatus } from "@/lib/product-status/service";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const { next } = await searchParams;
  const target = safeNextPath(typeof next === "string" ? next : null);
  if (await currentUser()) redirect(target);
  const status = await getProductStatus(CHURN_TARGET_ID);
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-6 px-6 py-10">
      <div className="space-y-1">
        <Wordmark />
        <h1 className="pt-4 text-xl font-semibold tracking-tight">Sign in to {status.companyName ?? "Tideline"}</h1>
        <p className="text-sm text-muted">Which customers are about to leave, why, and what to do about it.</p>
      </div>
      <div className="rounded-lg border border-line bg-surface p-5">
        <SignInForm next={target} />
      </div>
      {status.mode === "demo" && (
        <p className="text-sm text-muted">
          <Badge tone="accent" className="mr-2">
            Demo data
          </Badge>
          The accounts of the demo are shown by <code className="font-mono text-xs">npm run demo:credentials</code>.
        </p>
      )}
    </main>
  );
}
