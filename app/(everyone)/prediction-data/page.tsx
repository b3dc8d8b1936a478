import { pageTitle } from "@/app/page-title";
import { FedColumnsTable } from "@/components/prediction-data/fed-columns-table";
import { GroupedColumnsTable } from "@/components/prediction-data/grouped-columns-table";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { getColumnUse } from "@/lib/features/column-use-service";
import { ROLES } from "@/lib/users/contract";

export const generateMetadata = pageTitle("What predictions read", ...ROLES);

export default async function PredictionDataPage() {
  await requireUser();
  const { fed, never, undecided } = await getColumnUse();
  return (
    <>
      <PageHeader
        title="What predictions read"
        description={`${fed.length} columns about customers feed predictions, ${never.length + undecided.length} never do. Read from the database's own grants and from the features in use: what is not granted can't be read, whatever the code asks for.`}
      />
      {undecided.length > 0 && (
        <Callout tone="warn" title="Without a stated reason">
          {undecided.map(({ table, column }) => `${table}.${column}`).join(", ")}. Nobody has said yet why these are
          closed or open.
        </Callout>
      )}
      <section className="space-y-2">
        <h2 className="pt-2 text-base font-semibold">Feed predictions</h2>
        <FedColumnsTable columns={fed.filter(({ features }) => features.length > 0)} />
      </section>
      <section className="space-y-2">
        <h2 className="pt-2 text-base font-semibold">Read with them, and no feature themselves</h2>
        <GroupedColumnsTable
          label="Columns read with those, and no feature themselves"
          reason="What for"
          columns={fed.flatMap(({ why, ...column }) => (why === null ? [] : [{ ...column, why }]))}
        />
      </section>
      <section className="space-y-2">
        <h2 className="pt-2 text-base font-semibold">Never do</h2>
        <p className="max-w-prose text-sm text-muted">
          No names, addresses or texts, and nothing of the team's own work. Tables that do not tell of customers, such
          as users and settings, are closed as well.
        </p>
        <GroupedColumnsTable label="Columns that never feed predictions" reason="Why not" columns={never} />
      </section>
    </>
  );
}
