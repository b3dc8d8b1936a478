import Link from "next/link";
import { pageTitle } from "@/app/page-title";
import { SettingHistory } from "@/components/admin/setting-history";
import { SettingsForm } from "@/components/admin/settings-form";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getProductStatus } from "@/lib/product-status/service";
import { DECIDED_WORDS } from "@/lib/settings/contract";
import { getSettings, listSettingVersions, listUndecidedSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Settings", "admin");

export default async function SettingsPage() {
  await requireUser("admin");
  // History first: a change in between makes the sent version too old, which is told, never too new.
  const history = await listSettingVersions();
  const settings = await getSettings();
  const [undecided, { mode }] = await Promise.all([listUndecidedSettings(), getProductStatus(CHURN_TARGET_ID)]);
  const beingSetUp = mode !== "demo" && undecided.length > 0;
  const version = history[0]?.id ?? 0;
  return (
    <>
      <PageHeader
        title="Settings"
        description="The rules in force. Every change is kept: who, when, from, to and why."
      />
      {beingSetUp && (
        <Callout title={`Not decided yet: ${undecided.map((key) => DECIDED_WORDS[key]).join(", ")}`}>
          Data comes in once they are.{" "}
          <Link href="/setup" className="underline underline-offset-2">
            Set-up
          </Link>{" "}
          offers choices; below stand what the product goes by until then.
        </Callout>
      )}
      <SettingsForm settings={settings} version={version} />
      <h2 className="mt-8 mb-3 text-base font-semibold text-ink">Changes</h2>
      <SettingHistory history={history} zone={settings.zone} />
    </>
  );
}
