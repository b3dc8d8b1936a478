import { route } from "@/lib/http/route";
import { PreviewRequestSchema } from "@/lib/ingest/mapping/editing-contract";
import { previewMappedRows } from "@/lib/ingest/mapping/editing-service";

/** What a mapping gives for the first rows of its files, and what is wrong with it; nothing of it is kept. */
export const POST = route({
  roles: ["admin"],
  body: PreviewRequestSchema,
  handler: ({ body }) => previewMappedRows({ ...body, now: new Date() }),
});
