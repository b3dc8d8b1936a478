import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { AccountLinkForm } from "@/components/account/account-link-form";
import { Wordmark } from "@/components/layout/wordmark";
import { formatInstant } from "@/components/ui/format";
import { currentUser } from "@/lib/auth/service";
import { clientAddress } from "@/lib/http/client-address";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getProductStatus } from "@/lib/product-status/service";
import { getSettings } from "@/lib/settings/service";
import { ROLE_LABELS } from "@/lib/users/contract";
import { findAccountLink } from "@/lib/users/link-service";

/** The same for every link, whether it works or not. */
export const metadata: Metadata = { title: "Set a password" };

export default async function AccountLinkPage({ params }: { params: Promise<{ secret: string }> }) {
  const address = clientAddress((await headers()).get("x-forwarded-for"));
  const { secret } = await params;
  const link = await findAccountLink({ secret, address, now: new Date() });
  if (!link) notFound();
  const [user, status, { zone }] = await Promise.all([currentUser(), getProductStatus(CHURN_TARGET_ID), getSettings()]);
  const company = status.companyName ?? "Tideline";
  const madeBy = link.madeBy ? `${link.madeBy.name} (${link.madeBy.email})` : "Whoever runs this server";
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-6 px-6 py-10">
      <div className="space-y-1">
        <Wordmark />
        <h1 className="pt-4 text-xl font-semibold tracking-tight">
          {link.purpose === "invite" ? `Welcome to ${company}, ${link.name}` : `A new password for ${link.name}`}
        </h1>
        <p className="break-words text-sm text-muted">
          {link.purpose === "invite"
            ? `${madeBy} invites you. Your role is ${ROLE_LABELS[link.role]}. Tideline shows which customers are about to leave, why, and what to do about it.`
            : `${madeBy} made this link so that you can set another password at ${company}. It signs you out in every browser.`}
        </p>
      </div>
      <div className="space-y-4 rounded-lg border border-line bg-surface p-5">
        <p className="break-words text-sm text-muted">
          You sign in as <span className="font-medium text-ink">{link.email}</span>.
          {user && user.email !== link.email && ` This browser is signed in as ${user.email} until then.`}
        </p>
        <AccountLinkForm secret={secret} email={link.email} />
      </div>
      <p className="text-xs text-faint">This link works once, until {formatInstant(link.expiresAt, zone)}.</p>
    </main>
  );
}
