import type { SettingKey, Settings } from "@/lib/settings/contract";

export type SettingWords = { key: SettingKey; label: string; hint: string };
export type SettingGroup = { title: string; effect: string; settings: readonly SettingWords[] };

/** The settings as people find them: by group, each with what it means; `effect` says when a change shows. */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  {
    title: "Company",
    effect:
      "A change takes effect at once. Zone, currency and the day that weeks begin on are fixed once customers were imported.",
    settings: [
      { key: "companyName", label: "Name", hint: "Stands on the pages." },
      { key: "zone", label: "Time zone", hint: "Days, weeks and the schedule go by it, such as Europe/Berlin." },
      { key: "currency", label: "Currency", hint: "Three letters; rows in others are quarantined." },
      { key: "weekStart", label: "Weeks begin on", hint: "The queue is made then: monday, saturday or sunday." },
    ],
  },
  {
    title: "Queue",
    effect: "A change takes effect from the next scoring on; queues that are published stay as they are.",
    settings: [
      { key: "flagThreshold", label: "Flag threshold", hint: "Above this probability a customer is flagged." },
      { key: "exitThreshold", label: "Exit threshold", hint: "Below this for two weeks a flagged customer recovered." },
      { key: "watchFloor", label: "Watch floor", hint: "Below this probability nobody is on the watch list." },
      { key: "weeklyCapacity", label: "Weekly capacity", hint: "Customers the team can contact in a week." },
      { key: "grossMargin", label: "Gross margin", hint: "Share of revenue, from 0 to 1; weighs the priority." },
    ],
  },
  {
    title: "Data",
    effect: "A change takes effect from the next import or the next building of features on.",
    settings: [
      { key: "dataCutoffHours", label: "Data cutoff (hours)", hint: "What came this long after as-of still counts." },
      { key: "historicalLagHours", label: "Assumed lag (hours)", hint: "For past rows without recorded_at." },
      { key: "waitingDays", label: "Waiting (days)", hint: "How long rows wait for a customer not known yet." },
      { key: "deliveryMegabytesMax", label: "Largest delivery (MB)", hint: "All files that are sent together." },
      { key: "deliveryDaysKept", label: "Files kept (days)", hint: "After they were imported or refused." },
    ],
  },
  {
    title: "Model",
    effect: "A change takes effect from the next training on; the monthly target at once.",
    settings: [
      { key: "minimumDepartures", label: "Fewest departures", hint: "Fewer in the training data: no model is made." },
      { key: "targetPrecision", label: "Target precision", hint: "Gate of promotion, out of time." },
      { key: "targetRecall", label: "Target recall", hint: "Gate of promotion, out of time." },
      { key: "targetRocAuc", label: "Target ROC AUC", hint: "Gate of promotion, out of time." },
      { key: "targetMonthlyChurn", label: "Target monthly churn", hint: "The dashboard's line, as a share." },
    ],
  },
];

/** The settings whose field differs from what is in force, typed as they are stored; what is no number is sent as it is, to be refused by name. */
export function changedSettings(before: Settings, fields: ReadonlyMap<string, string>): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const [key, current] of Object.entries(before)) {
    const text = fields.get(key)?.trim();
    if (text === undefined || text === String(current ?? "")) continue;
    const number = text === "" ? Number.NaN : Number(text);
    const value = typeof current === "number" && Number.isFinite(number) ? number : text;
    if (value !== current) changes[key] = value;
  }
  return changes;
}
