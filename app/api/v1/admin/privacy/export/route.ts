import { route } from "@/lib/http/route";
import { SubjectSchema } from "@/lib/privacy/contract";
import { asBody, exportSubject } from "@/lib/privacy/export-service";

/** All that is known of one contact or customer, as a JSON file. */
export const GET = route({
  roles: ["admin"],
  query: SubjectSchema,
  handler: async ({ user, query }) => {
    const json = await exportSubject({
      subject: query,
      actor: { id: user.id, label: user.email },
      now: new Date(),
    });
    return new Response(asBody(json), {
      headers: {
        "content-type": "application/json",
        "content-disposition": `attachment; filename="${query.kind}-${query.id}.json"`,
        "cache-control": "no-store",
      },
    });
  },
});
