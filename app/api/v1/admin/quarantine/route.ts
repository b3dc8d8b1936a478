import { route } from "@/lib/http/route";
import { QuarantineFilterSchema } from "@/lib/import-history/contract";
import { exportQuarantined } from "@/lib/import-history/service";

/** What of the quarantine fits the filter, as CSV. */
export const GET = route({
  roles: ["admin"],
  query: QuarantineFilterSchema,
  handler: async ({ user, query }) =>
    new Response(await exportQuarantined({ filter: query, actor: { id: user.id, label: user.email } }), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="quarantine.csv"',
        "cache-control": "no-store",
      },
    }),
});
