import type { WeekStart } from "@/lib/calendar/contract";
import type { DecidedBeforeData } from "@/lib/settings/contract";

/** The steps from an empty installation to its first queue, in order. */
export const SET_UP_STEPS = ["company", "churn-rule", "data", "churn-check", "team", "training", "queue"] as const;
export type SetUpStepId = (typeof SET_UP_STEPS)[number];

/**
 * done; open: can be done now; running: under way; stopped: was tried and ended without a result; waiting: needs an
 * earlier step.
 */
export type SetUpState = "done" | "open" | "running" | "stopped" | "waiting";

/** The pages that steps lead to. */
export type SetUpPage =
  | "/settings"
  | "/imports"
  | "/imports/new"
  | "/mappings"
  | "/churn-check"
  | "/data-report"
  | "/users"
  | "/training-runs"
  | "/model-versions"
  | "/job-runs"
  | "/queue";

/** A step with what is so about it, in plain words. */
export type SetUpStep = {
  id: SetUpStepId;
  state: SetUpState;
  /** Nothing waits for it. */
  optional: boolean;
  says: string;
  /** Where it is done; null where there is nothing to do. */
  href: SetUpPage | null;
  /** Other pages that serve it. */
  also: readonly SetUpPage[];
};

/** What the installation holds, as far as set-up asks. */
export type SetUpFacts = {
  company: {
    name: string | null;
    zone: string;
    currency: string;
    weekStart: WeekStart;
    undecided: readonly DecidedBeforeData[];
  };
  /** Days: of the label window, of grace, of settlement. */
  rule: { horizonDays: number; graceDays: number; settlementDays: number };
  data: { customers: number; imports: number; running: boolean; lastError: string | null };
  /** null before any data. */
  churnCheck: {
    /** Months that the data covers in full. */
    months: number;
    /** Why the files can't teach who leaves; null where they can. */
    survivorship: string | null;
    confirmation: { state: "stands" | "lapsed"; because: string | null; confirmedBy: string } | null;
  } | null;
  /** Why the data can't carry a model, in words with counts; null where nothing speaks against one, or before any data. */
  dataProblem: string | null;
  /**
   * Accounts that are not deactivated; `invited` are those that have not followed their link yet, `awaited` the people whom
   * the data names as owners and who have no active account.
   */
  team: { csms: number; accounts: number; invited: number; awaited: number };
  training: {
    running: boolean;
    /** Why the newest training made no model; null where it made one, or none has ended. */
    lastRefusal: string | null;
    newestModel: number | null;
    champion: number | null;
  };
  queue: {
    /** Customers listed in the published week; null before the first. */
    listed: number | null;
    running: boolean;
    /** Why the newest scoring failed; null where it did not. */
    lastError: string | null;
  };
};

/** How far an installation is; `next` is what to do now, null where nothing is left or something is under way. */
export type SetUp = { steps: readonly SetUpStep[]; next: SetUpStepId | null; facts: SetUpFacts };
