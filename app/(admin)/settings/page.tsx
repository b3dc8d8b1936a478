import { pageTitle } from "@/app/page-title";
import { SettingHistory } from "@/components/admin/setting-history";
import { SettingsForm } from "@/components/admin/settings-form";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { getSettings, listSettingVersions } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Settings", "admin");

export default async function SettingsPage() {
  await requireUser("admin");
  // History first: a change in between makes the sent version too old, which is told, never too new.
  const history = await listSettingVersions();
  const settings = await getSettings();
  const version = history[0]?.id ?? 0;
  return (
    <>
      <PageHeader
        title="Settings"
        description="The rules in force. Every change is kept: who, when, from, to and why."
      />
      <SettingsForm settings={settings} version={version} />
      <h2 className="mt-8 mb-3 text-base font-semibold text-ink">Changes</h2>
      <SettingHistory history={history} zone={settings.zone} />
    </>
  );
}
