import type { Metadata } from "next";
import { PasswordForm } from "@/components/account/password-form";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { EndSessions } from "@/components/users/end-sessions";
import { requireUser } from "@/lib/auth/service";

export const metadata: Metadata = { title: "Password and sessions" };

export default async function PasswordPage() {
  const user = await requireUser();
  return (
    <>
      <PageHeader title="Password and sessions" description={`You are signed in as ${user.email}.`} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="Change password" description="Signs out every other browser in which you are signed in.">
          <PasswordForm email={user.email} />
        </Card>
        <Card
          title="Sign out everywhere"
          description="For a browser that you have lost or left open: ends every session of yours, also this one."
        >
          <EndSessions userId={null} name={user.name} />
        </Card>
      </div>
    </>
  );
}
