import Link from "next/link";
import { pageTitle } from "@/app/page-title";
import { UploadForm } from "@/components/deliveries/upload-form";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { listSources } from "@/lib/deliveries/service";
import { SourceSchema } from "@/lib/ingest/mapping/contract";
import { findInstallation } from "@/lib/installation/service";
import { DECIDED_WORDS } from "@/lib/settings/contract";
import { getSettings, listUndecidedSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Upload files", "admin");

export default async function UploadPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  await requireUser("admin");
  const asked = SourceSchema.safeParse((await searchParams).source);
  const [installation, undecided, sources, settings] = await Promise.all([
    findInstallation(),
    listUndecidedSettings(),
    listSources(),
    getSettings(),
  ]);
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
      ) : undecided.length > 0 ? (
        <Callout tone="warn" title={`Not decided yet: ${undecided.map((key) => DECIDED_WORDS[key]).join(", ")}`}>
          Days and amounts are stored in them for good, so they come before any data:{" "}
          <Link href="/setup" className="underline">
            decide on them in Set-up
          </Link>
          .
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
