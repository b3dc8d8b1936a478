import { pageTitle } from "@/app/page-title";
import { type Choice, CompanyForm } from "@/components/setup/company-form";
import { DemoHere } from "@/components/setup/demo-here";
import { StepList } from "@/components/setup/step-list";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import { requireUser } from "@/lib/auth/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { getProductStatus } from "@/lib/product-status/service";
import { listSettingVersions } from "@/lib/settings/service";
import type { SetUpFacts } from "@/lib/setup/contract";
import { getSetUp } from "@/lib/setup/service";

export const generateMetadata = pageTitle("Set-up", "admin");

export default async function SetUpPage() {
  await requireUser("admin");
  const { mode } = await getProductStatus(CHURN_TARGET_ID);
  if (mode === "demo") return <DemoHere />;
  // Versions first: a change in between makes the sent version too old, which is told, never too new.
  const version = (await listSettingVersions())[0]?.id ?? 0;
  const { steps, next, facts } = await getSetUp({ targetId: CHURN_TARGET_ID, now: new Date() });
  const done = steps.filter(({ state }) => state === "done").length;
  return (
    <>
      <PageHeader
        title="Set-up"
        description="From an empty installation to the first queue. Leave it whenever you like: where it stands is read from what is there."
      />
      <div className="max-w-3xl space-y-4">
        <div className="space-y-1.5">
          <p className="text-sm text-muted">
            {done} of {steps.length} steps done
          </p>
          <ProgressBar fraction={done / steps.length} label="Steps that are done" />
        </div>
        <StepList
          steps={steps}
          next={next}
          below={{ company: facts.company.undecided.length > 0 && companyForm(facts.company, version) }}
        />
      </div>
    </>
  );
}

function companyForm({ name, zone, currency, weekStart, undecided }: SetUpFacts["company"], version: number) {
  return (
    <CompanyForm
      offered={{
        companyName: name ?? "",
        zone: undecided.includes("zone") ? machineZone() : zone,
        currency: undecided.includes("currency") ? "" : currency,
        weekStart,
      }}
      zones={Intl.supportedValuesOf("timeZone")}
      currencies={CURRENCIES}
      version={version}
    />
  );
}

function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const CURRENCY_NAMES = new Intl.DisplayNames("en", { type: "currency" });
const CURRENCIES: readonly Choice[] = Intl.supportedValuesOf("currency").map((value) => ({
  value,
  label: `${value} · ${CURRENCY_NAMES.of(value) ?? value}`,
}));
