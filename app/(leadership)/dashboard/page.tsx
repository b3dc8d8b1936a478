import { pageTitle } from "@/app/page-title";
import { ChurnCard } from "@/components/dashboard/churn-card";
import { RealisedCard } from "@/components/dashboard/realised-card";
import { RiskStats } from "@/components/dashboard/risk-stats";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { readDashboard } from "@/lib/retention/service";

export const generateMetadata = pageTitle("Dashboard", "vp", "admin");

export default async function DashboardPage() {
  const viewer = await requireUser("vp", "admin");
  const dashboard = await readDashboard({ viewer, now: new Date() });
  return (
    <>
      <PageHeader
        title="Dashboard"
        description="How many customers leave, who is about to, and how right the predictions were."
      />
      <RiskStats dashboard={dashboard} />
      <ChurnCard dashboard={dashboard} />
      <RealisedCard dashboard={dashboard} />
    </>
  );
}
