import { route } from "@/lib/http/route";
import { SampleRequestSchema } from "@/lib/mapping-proposals/contract";
import { readSample } from "@/lib/mapping-proposals/service";

/** The beginning of a file, as its rows; nothing of it is kept. */
export const POST = route({
  roles: ["admin"],
  body: SampleRequestSchema,
  handler: ({ body }) => readSample(body),
});
