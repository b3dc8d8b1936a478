import { route } from "@/lib/http/route";
import { ChangeSettingsSchema } from "@/lib/settings/contract";
import { changeSettings, getSettings, listSettingVersions } from "@/lib/settings/service";

/** Newest versions first: the id of the first is the `version` that a change is sent with (0 where there is none). */
export const GET = route({
  roles: ["admin"],
  handler: async () => {
    // History first: a change in between makes the sent version too old, which is told, never too new.
    const history = await listSettingVersions();
    return { settings: await getSettings(), version: history[0]?.id ?? 0, history };
  },
});

export const PATCH = route({
  roles: ["admin"],
  body: ChangeSettingsSchema,
  handler: ({ user, body }) => changeSettings({ ...body, actor: { id: user.id, label: user.email } }),
});
