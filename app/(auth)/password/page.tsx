import type { Metadata } from "next";
import { PasswordForm } from "@/components/account/password-form";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";

export const metadata: Metadata = { title: "Change password" };

export default async function PasswordPage() {
  const user = await requireUser();
  return (
    <>
      <PageHeader title="Change password" description="Signs out every other browser in which you are signed in." />
      <PasswordForm email={user.email} />
    </>
  );
}
