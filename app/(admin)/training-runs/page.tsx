import { pageTitle } from "@/app/page-title";
import { TrainingRunTable } from "@/components/admin/training-run-table";
import { ReadinessCard } from "@/components/readiness/readiness-card";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getReadiness } from "@/lib/readiness/service";
import { getSettings } from "@/lib/settings/service";
import { listTrainingRuns } from "@/lib/training/service";

export const generateMetadata = pageTitle("Training runs", "data_scientist", "admin");

export default async function TrainingRunsPage() {
  await requireUser("data_scientist", "admin");
  const [runs, { zone }, readiness] = await Promise.all([
    listTrainingRuns({ targetId: CHURN_TARGET_ID }),
    getSettings(),
    getReadiness(CHURN_TARGET_ID, new Date()),
  ]);
  return (
    <>
      <PageHeader
        title="Training runs"
        description="Each fit with everything that made it. Figures are from the out-of-time test; precision and recall at the flag's threshold."
      />
      <div className="space-y-4">
        <ReadinessCard readiness={readiness} />
        <TrainingRunTable runs={runs} zone={zone} />
      </div>
    </>
  );
}
