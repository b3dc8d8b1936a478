import { CalendarX2 } from "lucide-react";
import { pageTitle } from "@/app/page-title";
import { ConfirmChurnForm } from "@/components/churn-check/confirm-churn-form";
import { ConfirmationState } from "@/components/churn-check/confirmation-state";
import { MonthsTable } from "@/components/churn-check/months-table";
import { ReadinessCard } from "@/components/readiness/readiness-card";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { getChurnCheck } from "@/lib/churn-check/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getProductStatus } from "@/lib/product-status/service";
import { getReadiness } from "@/lib/readiness/service";

export const generateMetadata = pageTitle("Churn check", "vp", "admin");

export default async function ChurnCheckPage() {
  const user = await requireUser("vp", "admin");
  const now = new Date();
  const [check, readiness, { mode }] = await Promise.all([
    getChurnCheck({ targetId: CHURN_TARGET_ID, now }),
    getReadiness(CHURN_TARGET_ID, now),
    getProductStatus(CHURN_TARGET_ID),
  ]);
  const isAdmin = user.role === "admin";
  const isDemo = mode === "demo";
  if (check.months.length === 0)
    return (
      <>
        <PageHeader title="Churn check" />
        <EmptyState
          icon={CalendarX2}
          title={check.customers === 0 ? "No customers yet" : "No whole month yet"}
          action={isAdmin && !isDemo && <ButtonLink href="/setup">Go on with set-up</ButtonLink>}
        >
          {check.customers === 0
            ? "Once customers and their subscriptions are imported, their churn stands here month by month, to be compared with what finance reports."
            : "A month stands here once the data covers it from its first day to its last, and somebody paid when it began."}
        </EmptyState>
      </>
    );
  const { rule, countedTo, zone } = check;
  return (
    <>
      <PageHeader
        title="Churn check"
        description="Whether the data tells of departures what the business knows of them: to be settled before a model learns from it."
      />
      <div className="space-y-4">
        <ConfirmationState check={check} isDemo={isDemo} />
        <p className="max-w-prose text-sm text-muted">
          Counted are customers, by rule {rule.version}: one has left on the day of a notice that is not withdrawn
          before it takes effect, or when paid coverage ends without one and does not begin anew within {rule.graceDays}{" "}
          days. Trials are not paid coverage. {countedTo && `The data ends on ${formatDay(countedTo, zone)}.`}
        </p>
        <div className="grid items-start gap-4 xl:grid-cols-[3fr_2fr]">
          <MonthsTable check={check} />
          <div className="space-y-4">
            {isAdmin && !isDemo && !check.survivorship && <ConfirmChurnForm check={check} />}
            <ReadinessCard readiness={readiness} />
          </div>
        </div>
      </div>
    </>
  );
}
