import { existsSync, rmSync, writeFileSync } from "node:fs";
import { dataFile } from "@/lib/env/data-folder";
import type { Env } from "@/lib/env/env";
import { xgboostProcessEnv } from "@/ml/xgboost/process-env";
import type { StartArguments } from "./arguments";
import { askOnTerminal, type Terminal } from "./ask-on-terminal";
import { OwnDataOffer } from "./own-data-offer";
import { seedDemo } from "./seed-demo";
import type { WebServer } from "./web-server";

const ASK_SECONDS = 30;

type PrepareArgs = {
  env: Env;
  options: StartArguments;
  web: Pick<WebServer, "offerOwnData" | "showData">;
  terminal: Terminal | null;
  /** Makes the installation's own Postgres anew, with its tables; null where the database is not the installation's own. */
  renewDatabase: (() => Promise<void>) | null;
  say: (line: string) => void;
  tell: (news: { message?: string; fraction?: number }) => void;
};

/**
 * Sees to it that the database holds an installation: the one that is there, else the demo or an empty one, by the
 * arguments, the environment, or an answer on the terminal or the progress page. Until the demo is ready nobody has used
 * it, so it may still give way to an empty installation.
 * @throws Error where the installation that is there is not what was asked for
 */
export async function prepareData(args: PrepareArgs): Promise<void> {
  const { options, web, say } = args;
  const { findInstallation } = await import("@/lib/installation/service");
  const installation = await findInstallation();
  const choice = options.choice === "ask" && installation === null ? args.env.TIDELINE_FIRST_START : options.choice;
  const demoStays = installation?.readyAt ? !mustBeginEmpty() : args.renewDatabase === null;
  if (choice === "own" && installation?.mode === "demo" && demoStays) {
    throw new Error(
      "--empty: this installation holds the demo company; remove it first with `npm run reset -- --empty`",
    );
  }
  if (installation?.readyAt && !mustBeginEmpty()) return;

  const offer = new OwnDataOffer();
  if (choice === "own" || installation?.mode === "empty" || mustBeginEmpty()) offer.acceptHere();
  else {
    web.offerOwnData(offer);
    if (installation === null && choice === "ask") await ask({ ...args, offer });
    // What was made in a database of one's own can't be taken back.
    if (!args.renewDatabase) offer.close();
  }
  if (offer.state !== "accepted") {
    await makeDemo({ ...args, offer });
    if (offer.state === "closed") return;
    say("your own data instead: what was made of the demo is removed");
  }
  web.showData("own");
  await beginEmpty(args);
}

/** A choice for one's own data that a killed start could not carry out: the demo that it left must not be gone on with. */
function mustBeginEmpty(): boolean {
  return existsSync(dataFile("begin-empty"));
}

/** Waits for the first answer, on the terminal or the page; without a terminal for none. */
async function ask(args: PrepareArgs & { offer: OwnDataOffer }): Promise<void> {
  const { env, terminal, offer, web, say } = args;
  if (!terminal) return;
  web.showData("asking");
  say(`answer here, or at ${env.TIDELINE_URL} with the code ${offer.code}`);
  const answered = new AbortController();
  void offer.accepted.then(() => answered.abort());
  const answer = await askOnTerminal({ terminal, timeoutMs: ASK_SECONDS * 1000, signal: answered.signal });
  if (answer === "own") offer.acceptHere();
}

/** Makes the demo, unless the offer is accepted before it is ready; then the offer is closed. */
async function makeDemo(args: PrepareArgs & { offer: OwnDataOffer }): Promise<void> {
  const { env, options, offer, web, say, tell } = args;
  web.showData("demo");
  say("making the demo company; the address above shows how far it is");
  if (offer.state === "open") say(`your own data instead? Enter the code ${offer.code} there`);
  const stop = new AbortController();
  void offer.accepted.then(() => {
    // Written first: whatever happens from here on, the demo is not gone on with.
    writeFileSync(dataFile("begin-empty"), "");
    stop.abort();
  });
  try {
    await seedDemo({
      options: options.demo,
      env: xgboostProcessEnv({ threads: env.TIDELINE_THREADS }),
      // What it says of being stopped is no news.
      onLine: (line) => stop.signal.aborted || say(`demo: ${line}`),
      onProgress: ({ step, fraction, message }) => tell({ message: message ?? step, fraction }),
      signal: stop.signal,
    });
    offer.close();
  } catch (error) {
    if (offer.state !== "accepted") throw error;
  }
}

async function beginEmpty({ options, renewDatabase, tell }: PrepareArgs): Promise<void> {
  const { findInstallation, createEmptyInstallation } = await import("@/lib/installation/service");
  if ((await findInstallation())?.mode === "demo") {
    if (!renewDatabase)
      throw new Error("the database holds a demo and is not the installation's own: it stays as it is");
    writeFileSync(dataFile("begin-empty"), "");
    tell({ message: "Removing what was made of the demo" });
    await renewDatabase();
  }
  const { adminEmail, company } = options;
  await createEmptyInstallation({ adminEmail, company, now: new Date() });
  rmSync(dataFile("begin-empty"), { force: true });
}
