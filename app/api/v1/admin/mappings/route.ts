import { route } from "@/lib/http/route";
import { SaveMappingSchema } from "@/lib/ingest/mapping/editing-contract";
import { saveEditedMapping } from "@/lib/ingest/mapping/editing-service";

/** Saves a mapping as the next version of its source's. */
export const POST = route({
  roles: ["admin"],
  body: SaveMappingSchema,
  handler: ({ user, body }) => saveEditedMapping({ ...body, actor: { id: user.id, label: user.email } }),
});
