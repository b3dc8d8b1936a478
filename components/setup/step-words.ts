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

/** What the links to the pages say, by their names in the menu. */
export const LINK_LABELS: Readonly<Record<SetUpPage, string>> = {
  "/settings": "Open Settings",
  "/imports": "Open Imports",
  "/imports/new": "Upload files",
  "/mappings": "Open Mappings",
  "/data-report": "Open Data report",
  "/churn-check": "Open Churn check",
  "/users": "Open Users",
  "/training-runs": "Open Training runs",
  "/model-versions": "Open Model versions",
  "/job-runs": "Open Job runs",
  "/queue": "Open Risk queue",
};
