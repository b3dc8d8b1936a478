import type { Tone } from "@/components/ui/badge";
import type { SetUpPage, SetUpState, SetUpStepId } from "@/lib/setup/contract";

export const STEP_TITLES: Record<SetUpStepId, string> = {
  company: "Company",
  "churn-rule": "What counts as churn",
  data: "Data",
  "churn-check": "Churn check",
  team: "Team",
  training: "First training",
  queue: "First queue",
};

export const STATE_BADGES: Record<SetUpState, { label: string; tone: Tone }> = {
  done: { label: "Done", tone: "good" },
  open: { label: "To do", tone: "neutral" },
  running: { label: "Under way", tone: "accent" },
  stopped: { label: "Stopped", tone: "warn" },
  waiting: { label: "Later", tone: "neutral" },
};

/** The pages that steps lead to, by their name in the menu. */
export const PAGE_NAMES: Readonly<Record<SetUpPage, string>> = {
  "/settings": "Settings",
  "/imports": "Imports",
  "/mappings": "Mappings",
  "/data-report": "Data report",
  "/churn-check": "Churn check",
  "/users": "Users",
  "/training-runs": "Training runs",
  "/model-versions": "Model versions",
  "/job-runs": "Job runs",
  "/queue": "Risk queue",
};
