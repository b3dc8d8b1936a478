import { defineJob } from "../runner/define-job";

/**
 * Every night at 01:30, so that Monday's features find what the week brought, and a file that is refused is known on the day
 * after it came. One run imports all that waits, so only the newest slot matters.
 */
export const importFilesJob = defineJob({
  name: "import-files",
  schedule: { hour: 1, minute: 30 },
  where: "own",
  catchUpMax: 1,
  timeoutMinutes: 120,
  attemptsMax: 3,
});
