import { pageTitle } from "@/app/page-title";
import { PrivacyDesk } from "@/components/privacy/privacy-desk";
import { ButtonLink } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { getSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Privacy", "admin");

export default async function PrivacyPage() {
  await requireUser("admin");
  const { zone } = await getSettings();
  return (
    <>
      <PageHeader
        title="Privacy"
        description="What is kept of one person or one company: hand it out, or erase it. Each search, view, export and erasure is recorded in the audit."
        actions={<ButtonLink href="/prediction-data">What predictions read</ButtonLink>}
      />
      <PrivacyDesk zone={zone} />
    </>
  );
}
