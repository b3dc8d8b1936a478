import { WEEK_START_NAMES } from "@/lib/calendar/contract";
import { DECIDED_WORDS } from "@/lib/settings/contract";
import { SET_UP_STEPS, type SetUpFacts, type SetUpStep, type SetUpStepId } from "./contract";

/** Where each step stands, from what the installation holds alone: nothing is ticked off, so nothing can be ticked wrongly. */
export function setUpSteps(facts: SetUpFacts): SetUpStep[] {
  return SET_UP_STEPS.map((id) => ({ id, optional: id === "team", also: [], ...STEPS[id](facts) }));
}

/** The first step that somebody can do now and others wait for; else the first optional one; null where there is none. */
export function nextStep(steps: readonly SetUpStep[]): SetUpStepId | null {
  const todo = steps.filter(({ state }) => state === "open" || state === "stopped" || state === "running");
  const next = todo.find(({ optional }) => !optional) ?? todo[0];
  return next?.id ?? null;
}

type Said = Pick<SetUpStep, "state" | "says" | "href"> & Partial<Pick<SetUpStep, "also">>;

const STEPS: Record<SetUpStepId, (facts: SetUpFacts) => Said> = {
  company: ({ company }) => ({
    href: "/settings",
    ...(company.undecided.length > 0
      ? {
          state: "open",
          says: `Not decided yet: ${listed(company.undecided.map((key) => DECIDED_WORDS[key]))}. Days, weeks and amounts are stored in them, so they come before the data.`,
        }
      : {
          state: "done",
          says: `${company.name}, days and weeks in ${company.zone}, amounts in ${company.currency}. Weeks begin on ${WEEK_START_NAMES[company.weekStart]}.`,
        }),
  }),

  "churn-rule": ({ rule }) => ({
    state: "done",
    href: null,
    says: `In force: a customer has left with a notice that is not withdrawn, or once paid coverage has ended for ${days(rule.graceDays)} without a new start. Predicted is leaving within ${days(rule.horizonDays)}; ${days(rule.graceDays + rule.settlementDays)} after that it is certain. Trials are not paid coverage.`,
  }),

  data: ({ data, company }) => ({
    ...(data.customers > 0
      ? { href: "/imports", also: ["/data-report"] }
      : { href: "/imports/new", also: ["/mappings"] }),
    ...dataStep(data, company.undecided.length > 0),
  }),

  "churn-check": ({ churnCheck }) => ({ href: "/churn-check", ...churnCheckStep(churnCheck) }),

  team: ({ team }) => ({
    href: "/users",
    ...(team.csms > 0
      ? {
          state: "done",
          says: `${counted(team.accounts, "account")}, ${counted(team.csms, "CSM")} among them.${notYet(team.invited)}${noAccount(team.awaited)}`,
        }
      : {
          state: "open",
          says: `Nobody works the queue yet: invite the CSMs. Owners of customers can come with the import, by the CSMs' e-mail addresses.${noAccount(team.awaited)}`,
        }),
  }),

  training: (facts) => trainingStep(facts),

  queue: ({ queue, training, company }) => {
    if (queue.listed !== null)
      return { state: "done", href: "/queue", says: `Published: ${counted(queue.listed, "customer")} listed.` };
    if (queue.running) return { state: "running", href: "/job-runs", says: "The customers are being scored." };
    if (training.champion === null)
      return { state: "waiting", href: "/job-runs", says: "Needs a model that was made champion." };
    if (queue.lastError) return { state: "stopped", href: "/job-runs", says: `Scoring failed: ${queue.lastError}` };
    return {
      state: "open",
      href: "/job-runs",
      says: `The champion scores every ${WEEK_START_NAMES[company.weekStart]} at 04:00. To have the queue now, run “Score customers and publish the queue”.`,
    };
  },
};

function dataStep(data: SetUpFacts["data"], undecided: boolean): Omit<Said, "href"> {
  if (data.running) return { state: "running", says: "An import is under way." };
  if (data.customers > 0)
    return { state: "done", says: `${counted(data.customers, "customer")} from ${counted(data.imports, "import")}.` };
  if (undecided) return { state: "waiting", says: "Needs the company's name, time zone and currency." };
  if (data.lastError) return { state: "stopped", says: `The last import was refused: ${data.lastError}` };
  if (data.imports > 0) return { state: "stopped", says: "What was imported holds no customer yet." };
  return { state: "open", says: "Nothing is imported yet: customers and their subscriptions are the least it takes." };
}

function churnCheckStep(check: SetUpFacts["churnCheck"]): Omit<Said, "href"> {
  if (check === null) return { state: "waiting", says: "Needs data." };
  const { months, survivorship, confirmation } = check;
  if (confirmation?.state === "stands")
    return {
      state: "done",
      says: `Confirmed by ${confirmation.confirmedBy}: the data counts as churn what the business does.`,
    };
  if (survivorship) return { state: "stopped", says: survivorship };
  if (months === 0) return { state: "stopped", says: "The data covers no whole month in which somebody paid yet." };
  const lapsed = confirmation
    ? `The confirmation by ${confirmation.confirmedBy} holds no more: ${confirmation.because} `
    : "";
  return {
    state: "open",
    says: `${lapsed}Hold the monthly churn of ${counted(months, "month")} against the figure that finance reports, then confirm it.`,
  };
}

function notYet(invited: number): string {
  return invited === 0 ? "" : ` ${counted(invited, "invitation")} not followed yet.`;
}

function noAccount(awaited: number): string {
  if (awaited === 0) return "";
  return ` The data names ${awaited === 1 ? "1 owner who has" : `${counted(awaited, "owner")} who have`} no account yet.`;
}

function trainingStep({ training, churnCheck, dataProblem }: SetUpFacts): Said {
  const href = "/training-runs" as const;
  if (training.champion !== null) return { state: "done", href, says: `Model ${training.champion} is the champion.` };
  if (training.running) return { state: "running", href, says: "A training is under way." };
  // A model that is no better than chance is there to be looked at, not to be made champion.
  if (training.newestModel !== null && dataProblem)
    return { state: "stopped", href: "/model-versions", says: dataProblem };
  if (training.newestModel !== null)
    return {
      state: "open",
      href: "/model-versions",
      says: `Model ${training.newestModel} is trained and waits: look at its gates and make it champion.`,
    };
  if (churnCheck?.confirmation?.state !== "stands")
    return { state: "waiting", href, says: "Needs data, and its churn confirmed." };
  if (dataProblem) return { state: "stopped", href, says: dataProblem };
  if (training.lastRefusal) return { state: "stopped", href, says: `No model came of it: ${training.lastRefusal}` };
  return {
    state: "open",
    href: "/job-runs",
    says: "Run “Train a model” under Job runs. It takes what has happened so far, and says whether that is enough.",
  };
}

function counted(count: number, one: string): string {
  return `${count.toLocaleString("en-US")} ${one}${count === 1 ? "" : "s"}`;
}

function days(count: number): string {
  return counted(count, "day");
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
