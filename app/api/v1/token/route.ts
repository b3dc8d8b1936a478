import { tokenRoute } from "@/lib/http/token-route";

/** What the token in the Authorization header may do: a way to try one out. */
export const GET = tokenRoute({
  handler: async ({ grant: { name, source } }) => ({ name, source, may: ["import"] }),
});
