import { pageTitle } from "@/app/page-title";
import { FeatureCatalogueTable } from "@/components/admin/feature-catalogue-table";
import { ButtonLink } from "@/components/ui/button";
import { formatDay } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { getFeatureCatalogue } from "@/lib/features/service";
import { getSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Feature catalogue", "data_scientist", "admin");

export default async function FeatureCataloguePage() {
  await requireUser("data_scientist", "admin");
  const [catalogue, { zone }] = await Promise.all([getFeatureCatalogue(), getSettings()]);
  const themes = [...new Set(catalogue.features.map((feature) => feature.themeLabel))];
  const spread = catalogue.asOf
    ? `Spread over all customers on ${formatDay(catalogue.asOf, zone)}.`
    : "No feature rows have been built yet.";
  return (
    <>
      <PageHeader
        title="Feature catalogue"
        description={`${catalogue.features.length} features, view ${catalogue.viewName} version ${catalogue.version}. ${spread}`}
        actions={<ButtonLink href="/prediction-data">What predictions read</ButtonLink>}
      />
      {themes.map((theme) => (
        <section key={theme} className="space-y-2">
          <h2 className="pt-2 text-base font-semibold">{theme}</h2>
          <FeatureCatalogueTable
            theme={theme}
            features={catalogue.features.filter((feature) => feature.themeLabel === theme)}
          />
        </section>
      ))}
    </>
  );
}
