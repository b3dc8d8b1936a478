import { JOB_NAMES, type JobName } from "@/lib/job-runs/contract";
import { buildFeaturesJob } from "../build-features/definition";
import { importFilesJob } from "../import-files/definition";
import { resolveOutcomesJob } from "../resolve-outcomes/definition";
import { scoreAccountsJob } from "../score-accounts/definition";
import { simulateWeek } from "../simulate-week/definition";
import { trainModelJob } from "../train-model/definition";
import type { JobDefinition } from "./define-job";

const definitions: { readonly [N in JobName]: JobDefinition<N> } = {
  "simulate-week": simulateWeek,
  "import-files": importFilesJob,
  "build-features": buildFeaturesJob,
  "score-accounts": scoreAccountsJob,
  "resolve-outcomes": resolveOutcomesJob,
  "train-model": trainModelJob,
};

/** All jobs, in the order in which one needs the other's work. */
export const JOBS: readonly JobDefinition[] = JOB_NAMES.map((name) => definitions[name] as JobDefinition);

/** The definition of a job; undefined for a name of no job (such as one that a later version had). */
export function findJob(name: string): JobDefinition | undefined {
  return JOBS.find((job) => job.name === name);
}
