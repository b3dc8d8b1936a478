"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { callApi } from "@/lib/http/client";
import type { ChangeSettings, Settings } from "@/lib/settings/contract";
import { changedSettings, SETTING_GROUPS } from "./setting-words";

/** All settings by group. Only what differs is sent, with the version that the page was made from. */
export function SettingsForm({ settings, version }: { settings: Settings; version: number }) {
  const router = useRouter();
  const [unchanged, setUnchanged] = useState(false);
  const save = useMutation({
    mutationFn: (body: ChangeSettings) => callApi("/api/v1/admin/settings", { method: "PATCH", body }),
    onSuccess: () => router.refresh(),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new Map([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]));
    const changes = changedSettings(settings, fields);
    setUnchanged(Object.keys(changes).length === 0);
    if (Object.keys(changes).length > 0)
      save.mutate({ version, changes, reason: fields.get("reason")?.trim() || null });
  }

  return (
    <form method="post" onSubmit={submit} className="space-y-4" noValidate>
      {/* By version: after a save the fields begin anew with what is in force, while the form keeps its answer. */}
      <div key={version} className="space-y-4">
        {SETTING_GROUPS.map((group) => (
          <Card key={group.title} title={group.title} description={group.effect}>
            <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
              {group.settings.map(({ key, label, hint }) => (
                <Field key={key} id={`setting-${key}`} label={label} hint={hint}>
                  {(control) => (
                    <Input
                      {...control}
                      name={key}
                      autoComplete="off"
                      inputMode={typeof settings[key] === "number" ? "decimal" : "text"}
                      defaultValue={String(settings[key] ?? "")}
                    />
                  )}
                </Field>
              ))}
            </div>
          </Card>
        ))}
      </div>
      <div className="max-w-xl space-y-4">
        <Field id="settings-reason" label="Reason" hint="Kept with the change, for whoever asks later. May be empty.">
          {(control) => <Input {...control} name="reason" autoComplete="off" maxLength={500} />}
        </Field>
        {save.isError && !unchanged && (
          <div role="alert">
            <Callout tone="danger">{save.error.message}</Callout>
          </div>
        )}
        {(save.isSuccess || unchanged) && (
          <div role="status">
            <Callout tone="good">{unchanged ? "Nothing differs from what is in force." : "Saved."}</Callout>
          </div>
        )}
        <Button type="submit" look="primary" busy={save.isPending}>
          Save changes
        </Button>
      </div>
    </form>
  );
}
