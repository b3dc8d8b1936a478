import { pageTitle } from "@/app/page-title";
import { UploadForm } from "@/components/deliveries/upload-form";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { listSources } from "@/lib/deliveries/service";
import { SourceSchema } from "@/lib/ingest/mapping/contract";
import { findInstallation } from "@/lib/installation/service";
import { getSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Upload files", "admin");

export default async function UploadPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  await requireUser("admin");
  const asked = SourceSchema.safeParse((await searchParams).source);
  const [installation, sources, settings] = await Promise.all([findInstallation(), listSources(), getSettings()]);
  return (
    <>
      <PageHeader
        title="Upload files"
        back={{ href: "/imports", label: "Imports" }}
        description="Exports of your billing, product or help-desk system, as CSV."
      />
      {installation?.mode === "demo" ? (
        <Callout tone="warn" title="This is the demo company">
          Its data must not mix with yours, so it takes no files. To begin with your own, stop the product and run{" "}
          <code className="font-mono text-xs">npm run reset -- --empty</code>: it removes the demo and starts empty.
        </Callout>
      ) : (
        <UploadForm
          sources={sources}
          offered={asked.data ?? (sources.length === 1 ? (sources[0]?.source ?? "") : "")}
          bytesMax={settings.deliveryMegabytesMax * 1_000_000}
          lagHours={settings.historicalLagHours}
        />
      )}
    </>
  );
}
