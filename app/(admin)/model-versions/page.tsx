import { pageTitle } from "@/app/page-title";
import { ModelVersionList } from "@/components/admin/model-version-list";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { listModelVersions } from "@/lib/model-registry/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Model versions", "data_scientist", "admin");

export default async function ModelVersionsPage() {
  const user = await requireUser("data_scientist", "admin");
  const [versions, { zone }] = await Promise.all([listModelVersions(CHURN_TARGET_ID), getSettings()]);
  return (
    <>
      <PageHeader
        title="Model versions"
        description="Gates are judged on the point estimate, on weeks that no part of training has seen. The bar is the 95% interval by customers, the tick the target."
      />
      <ModelVersionList versions={versions} zone={zone} mayPromote={user.role === "admin"} />
    </>
  );
}
