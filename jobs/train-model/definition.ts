import { defineJob } from "../runner/define-job";

/** By request only: a new model is a person's decision. */
export const trainModelJob = defineJob({
  name: "train-model",
  where: "everywhere",
  catchUpMax: 0,
  timeoutMinutes: 120,
  attemptsMax: 2,
});
