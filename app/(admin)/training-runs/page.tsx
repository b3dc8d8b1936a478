import { pageTitle } from "@/app/page-title";
import { TrainingRunTable } from "@/components/admin/training-run-table";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getSettings } from "@/lib/settings/service";
import { listTrainingRuns } from "@/lib/training/service";

export const generateMetadata = pageTitle("Training runs", "data_scientist", "admin");

export default async function TrainingRunsPage() {
  await requireUser("data_scientist", "admin");
  const [runs, { zone }] = await Promise.all([listTrainingRuns({ targetId: CHURN_TARGET_ID }), getSettings()]);
  return (
    <>
      <PageHeader
        title="Training runs"
        description="Each fit with everything that made it. Figures are from the out-of-time test; precision and recall at the flag's threshold."
      />
      <TrainingRunTable runs={runs} zone={zone} />
    </>
  );
}
