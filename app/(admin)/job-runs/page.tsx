import { pageTitle } from "@/app/page-title";
import { JobRunTable } from "@/components/admin/job-run-table";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { listJobRuns } from "@/lib/job-runs/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getProductStatus } from "@/lib/product-status/service";
import { readCursor } from "../cursor";

export const generateMetadata = pageTitle("Job runs", "admin");

export default async function JobRunsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  await requireUser("admin");
  const before = readCursor((await searchParams).before, /^\d{4}-[\d:.TZ-]+_[0-9a-f]+$/);
  const [page, status] = await Promise.all([listJobRuns({ limit: 50, before }), getProductStatus(CHURN_TARGET_ID)]);
  return (
    <>
      <PageHeader
        title="Job runs"
        description="One row per execution of a slot. The schedule begins them when a week begins; a run that was missed is caught up."
      />
      <JobRunTable key={before} initial={page} before={before} zone={status.zone} demo={status.mode === "demo"} />
    </>
  );
}
