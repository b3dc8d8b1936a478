import { defineJob } from "../runner/define-job";

/** Every day at 06:00; one run resolves all that has matured. */
export const resolveOutcomesJob = defineJob({
  name: "resolve-outcomes",
  schedule: { hour: 6, minute: 0 },
  where: "everywhere",
  catchUpMax: 1,
  timeoutMinutes: 30,
  attemptsMax: 3,
});
