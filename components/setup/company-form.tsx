"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { WEEK_START_NAMES, type WeekStart } from "@/lib/calendar/contract";
import { callApi } from "@/lib/http/client";
import type { ChangeSettings } from "@/lib/settings/contract";

export type Choice = { value: string; label: string };

/**
 * Name, zone, currency and week start, before the first import. What is offered is decided only once it is saved.
 * @param offered what is in the fields at first: what was decided before, else the zone of the machine
 * @param version the newest version of settings that the page was made from
 */
export function CompanyForm({
  offered,
  zones,
  currencies,
  version,
}: {
  offered: { companyName: string; zone: string; currency: string; weekStart: WeekStart };
  zones: readonly string[];
  currencies: readonly Choice[];
  version: number;
}) {
  const router = useRouter();
  const [zone, setZone] = useState(offered.zone);
  const meant = zoneOfCity(zone, zones);
  const ownZone = useSyncExternalStore(noChange, browserZone, () => null);
  const save = useMutation({
    mutationFn: (body: ChangeSettings) => callApi("/api/v1/admin/settings", { method: "PATCH", body }),
    onSuccess: () => router.refresh(),
  });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const changes = Object.fromEntries(
      ["companyName", "zone", "currency", "weekStart"].map((key) => [key, String(fields.get(key) ?? "").trim()]),
    );
    save.mutate({ version, changes, reason: "Set up" });
  }

  return (
    <form method="post" onSubmit={submit} className="mt-4 max-w-xl space-y-4">
      <Field id="company-name" label="Name" hint="Stands on the pages.">
        {(control) => (
          <Input
            {...control}
            name="companyName"
            required
            maxLength={200}
            autoComplete="organization"
            defaultValue={offered.companyName}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <div>
          <Field id="company-zone" label="Time zone" hint="Days, weeks and the schedule go by it.">
            {(control) => (
              <Input
                {...control}
                name="zone"
                required
                list="company-zones"
                autoComplete="off"
                spellCheck={false}
                value={zone}
                onChange={(event) => setZone(event.target.value)}
              />
            )}
          </Field>
          <datalist id="company-zones">
            {zones.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          {meant && (
            <Button size="sm" look="quiet" className="mt-1 -ml-2.5" onClick={() => setZone(meant)}>
              Use {meant}
            </Button>
          )}
          {ownZone && ownZone !== zone && ownZone !== meant && (
            <Button size="sm" look="quiet" className="mt-1 -ml-2.5" onClick={() => setZone(ownZone)}>
              Use this browser’s: {ownZone}
            </Button>
          )}
        </div>
        <Field id="company-currency" label="Currency" hint="Of all amounts; rows in others are set aside.">
          {(control) => (
            <Select {...control} name="currency" required defaultValue={offered.currency}>
              <option value="" disabled>
                Choose one
              </option>
              {currencies.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field id="company-week-start" label="Weeks begin on" hint="The queue of the week is made on that day.">
          {(control) => (
            <Select {...control} name="weekStart" defaultValue={offered.weekStart}>
              {Object.entries(WEEK_START_NAMES).map(([value, name]) => (
                <option key={value} value={value}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <p className="max-w-prose text-sm text-muted">
        Zone, currency and the day that weeks begin on are fixed once customers were imported: days, weeks and amounts
        are stored in them.
      </p>
      {save.isError && (
        <div role="alert">
          <Callout tone="danger">{save.error.message}</Callout>
        </div>
      )}
      <Button type="submit" look="primary" busy={save.isPending}>
        Save
      </Button>
    </form>
  );
}

/** The zone that is named after what was typed, such as "new york"; null where that is a zone itself or none is. */
function zoneOfCity(typed: string, zones: readonly string[]): string | null {
  const city = `/${typed.trim().toLowerCase().replaceAll(" ", "_")}`;
  if (zones.includes(typed)) return null;
  return zones.find((zone) => zone.toLowerCase().endsWith(city)) ?? null;
}

function noChange(): () => void {
  return () => {};
}

function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
