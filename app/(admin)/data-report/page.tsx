import { FileSearch } from "lucide-react";
import Link from "next/link";
import { Suspense } from "react";
import { pageTitle } from "@/app/page-title";
import { FindingList } from "@/components/data-report/finding-list";
import { MonthTable } from "@/components/data-report/month-table";
import { SourceTable } from "@/components/data-report/source-table";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatInstant } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/skeleton";
import { Stat } from "@/components/ui/stat";
import { requireUser } from "@/lib/auth/service";
import { LATELY_DAYS } from "@/lib/data-report/contract";
import { readDataReport } from "@/lib/data-report/service";
import { getSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Data report", "data_scientist", "admin");

export default async function DataReportPage() {
  await requireUser("data_scientist", "admin");
  return (
    <>
      <PageHeader
        title="Data report"
        description="What is imported, how far it reaches, and what is odd about it: look here after every import from a new source."
      />
      <Suspense fallback={<TableSkeleton />}>
        <Report />
      </Suspense>
    </>
  );
}

async function Report() {
  const [report, { zone }] = await Promise.all([readDataReport(new Date()), getSettings()]);
  if (!report)
    return (
      <EmptyState icon={FileSearch} title="There is nothing to report on yet">
        Nothing that has a date is imported.{" "}
        <Link href="/imports" className="text-accent-text underline">
          Imports
        </Link>{" "}
        says how to begin.
      </EmptyState>
    );
  const { paying, withoutUsage, withoutUsageLately, findings } = report;
  return (
    <>
      <dl className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Stat
          label="The data ends"
          value={formatInstant(report.watermark, zone)}
          detail="what is later is not complete"
        />
        <Stat label="Paying customers then" value={formatCount(paying)} />
        <Stat
          label="Of them without usage"
          value={paying === 0 ? "nobody pays" : formatCount(withoutUsageLately)}
          detail={`in the last ${LATELY_DAYS} days; ${formatCount(withoutUsage)} ever`}
        />
        <Stat
          label="Findings"
          value={formatCount(findings.length)}
          detail={`${findings.filter(({ severity }) => severity === "serious").length} serious`}
        />
      </dl>
      <section aria-label="Findings" className="space-y-2">
        <h2 className="pt-2 text-base font-semibold">What to look at</h2>
        {findings.length === 0 ? (
          <Callout tone="good">
            No gaps, no steps, no source that has fallen silent, and usage of nearly all customers.
          </Callout>
        ) : (
          <FindingList findings={findings} />
        )}
      </section>
      <section className="space-y-2">
        <h2 className="pt-2 text-base font-semibold">Sources</h2>
        <SourceTable sources={report.sources} />
      </section>
      <section className="space-y-2">
        <h2 className="pt-2 text-base font-semibold">Rows by month</h2>
        <MonthTable months={report.months} sources={report.sources} />
      </section>
    </>
  );
}
