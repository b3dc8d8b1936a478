import { History } from "lucide-react";
import Link from "next/link";
import { pageTitle } from "@/app/page-title";
import { BacktestSummary } from "@/components/backtest/backtest-summary";
import { BacktestWeeks } from "@/components/backtest/backtest-weeks";
import { BacktestedCustomers } from "@/components/backtest/backtested-customers";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { BacktestQuerySchema } from "@/lib/backtest/contract";
import { BACKTEST_ROLES, readBacktest } from "@/lib/backtest/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Backtest", ...BACKTEST_ROLES);

export default async function BacktestPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const viewer = await requireUser(...BACKTEST_ROLES);
  const query = BacktestQuerySchema.safeParse(await searchParams).data ?? BacktestQuerySchema.parse({});
  const [backtest, { zone, currency }] = await Promise.all([
    readBacktest({ viewer, targetId: CHURN_TARGET_ID, query }),
    getSettings(),
  ]);
  if (!backtest)
    return (
      <>
        <PageHeader title="Backtest" />
        <EmptyState icon={History} title="No model has been trained yet">
          After the first training the weeks that it did not learn from stand here as the queues that they would have
          been: who would have been listed, who left, and who was missed.
        </EmptyState>
      </>
    );
  return (
    <>
      <PageHeader
        title="Backtest"
        description="Weeks that the model did not learn from, as the queues that they would have been. Nobody was called because of them."
        actions={
          <>
            <Badge tone="warn">Backtested, not worked</Badge>
            <Badge tone={backtest.isChampion ? "good" : "neutral"}>
              Model {backtest.modelNumber}
              {backtest.isChampion ? ", champion" : ""}
            </Badge>
            {viewer.role !== "vp" && (
              <Link href={`/training-runs/${backtest.runId}`} className="text-sm text-accent-text hover:underline">
                Training run #{backtest.runId}
              </Link>
            )}
          </>
        }
      />
      <BacktestSummary backtest={backtest} currency={currency} />
      <BacktestWeeks backtest={backtest} currency={currency} zone={zone} />
      <BacktestedCustomers
        backtest={backtest}
        currency={currency}
        zone={zone}
        linked={viewer.role !== "data_scientist"}
      />
    </>
  );
}
