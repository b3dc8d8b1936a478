import { defineJob } from "../runner/define-job";

/** Monday 04:00. Only this week's queue is of use to anyone, so older slots are not made up for. */
export const scoreAccountsJob = defineJob({
  name: "score-accounts",
  schedule: { dayOfWeek: 1, hour: 4, minute: 0 },
  where: "everywhere",
  catchUpMax: 1,
  timeoutMinutes: 60,
  attemptsMax: 3,
});
