import { route } from "@/lib/http/route";
import { ChangeSettingsSchema } from "@/lib/settings/contract";
import { changeSettings } from "@/lib/settings/service";

export const PATCH = route({
  roles: ["admin"],
  body: ChangeSettingsSchema,
  handler: ({ user, body }) => changeSettings({ ...body, actor: { id: user.id, label: user.email } }),
});
