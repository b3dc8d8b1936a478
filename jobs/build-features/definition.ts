import { defineJob } from "../runner/define-job";

/** Monday 02:00, when the week's data cutoff has passed. Older weeks are made up for, since training wants them too. */
export const buildFeaturesJob = defineJob({
  name: "build-features",
  schedule: { dayOfWeek: 1, hour: 2, minute: 0 },
  where: "everywhere",
  catchUpMax: 12,
  timeoutMinutes: 60,
  attemptsMax: 3,
});
