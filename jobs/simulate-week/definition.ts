import { defineJob } from "../runner/define-job";

/** Keeps a demo alive: one run makes all weeks that are missing, in order, so only the newest slot matters. */
export const simulateWeek = defineJob({
  name: "simulate-week",
  schedule: { dayOfWeek: 1, hour: 0, minute: 30 },
  where: "demo",
  catchUpMax: 1,
  timeoutMinutes: 60,
  attemptsMax: 3,
});
