import { createHash } from "node:crypto";
import type { StartView, StepProgress } from "./progress";

/** Where the page sends the code by which its reader may choose data of their own. */
export const OWN_DATA_PATH = "/own-data";

/**
 * The page that stands at every address until the product is ready: plain HTML that says what is done and what is going
 * on, brought up to date by its script, or by reloading where scripts are off.
 * @param problem what was wrong with the code that was just sent
 */
export function renderProgressPage(view: StartView, problem?: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tideline is starting</title>
<noscript><meta http-equiv="refresh" content="${view.ownDataOffered ? 30 : 3}"></noscript>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Tideline is starting</h1>
${renderChoice(view, problem)}
<ol id="steps" aria-live="polite" aria-relevant="text">
${view.steps.map(renderStep).join("\n")}
</ol>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** What the page may load and run: its own style and script, by their hashes, and nothing else. */
export function progressPagePolicy(): string {
  return `default-src 'none'; connect-src 'self'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
}

/** What is being made, and the form by which somebody with the code may choose otherwise. */
function renderChoice(view: StartView, problem?: string): string {
  const error = problem ? `<p class="problem" role="alert">${escapeHtml(problem)}</p>` : "";
  const form = view.ownDataOffered
    ? `<form method="post" action="${OWN_DATA_PATH}"><h2>Your own data instead?</h2><p>Enter the code that the terminal shows. Tideline then starts empty, and nothing of the demo stays.</p>${error}<label for="code">Code from the terminal</label><div><input id="code" name="code" required maxlength="40" autocomplete="off" autocapitalize="characters" spellcheck="false"><button>Begin with my own data</button></div></form>`
    : "";
  return `<section id="choice" data-state="${view.data} ${view.ownDataOffered}"><p>${DATA_WORDS[view.data]} This page goes on by itself.</p>${form}</section>`;
}

const DATA_WORDS: Record<StartView["data"], string> = {
  unknown: "The first start takes a few minutes. Later starts take seconds.",
  asking:
    "This is the first start. Tideline begins with a demo company, unless somebody says within half a minute, in the terminal or here, that it shall begin with your own data.",
  demo: "The first start makes a demo company with its history and trains a model on it, which takes a few minutes. Later starts take seconds.",
  own: "Tideline starts empty, for your own data. The terminal shows how the first administrator signs in.",
};

const STATE_WORDS: Record<StepProgress["state"], string> = {
  waiting: "waiting",
  running: "under way",
  done: "done",
  failed: "failed",
};

function renderStep(step: StepProgress): string {
  const bar =
    step.state === "running" && step.fraction !== undefined
      ? `<progress max="1" value="${step.fraction.toFixed(3)}" aria-label="${escapeHtml(step.label)}"></progress>`
      : "";
  return `<li data-state="${step.state}"><strong>${escapeHtml(step.label)}</strong> <span class="state">${STATE_WORDS[step.state]}</span>${bar}<span class="message">${escapeHtml(step.message ?? "")}</span></li>`;
}

function escapeHtml(text: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => names[character]!);
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

const STYLE = `
:root { color-scheme: light dark; --text: #16212b; --soft: #52616e; --line: #dbe2e8; --ground: #fff; --accent: #0f766e; --bad: #b42318 }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf2; --soft: #9fb0bd; --line: #2b3945; --ground: #0f171e; --accent: #2dd4bf; --bad: #f97066 } }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 36rem; margin: 0 auto; padding: 3rem 1.25rem }
h1 { font-size: 1.375rem; margin: 0 0 .5rem } p { color: var(--soft); margin: 0 0 2rem }
ol { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line) }
li { display: grid; grid-template-columns: 1fr auto; gap: .25rem 1rem; padding: .75rem 0; border-bottom: 1px solid var(--line) }
.state { color: var(--soft) } li[data-state=running] .state, li[data-state=done] .state { color: var(--accent) }
li[data-state=failed] .state { color: var(--bad); font-weight: 600 }
#choice { margin-bottom: 2rem } #choice > p { margin-bottom: 1rem } h2 { font-size: 1rem; margin: 0 }
form { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem } form p { margin: .25rem 0 .75rem } form .problem { color: var(--bad) }
label { display: block; font-weight: 600; font-size: .875rem } form div { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .25rem }
input, button { font: inherit; padding: .375rem .625rem; border-radius: .375rem; border: 1px solid var(--soft); background: var(--ground); color: var(--text) }
input { flex: 1 1 10rem; min-width: 0; text-transform: uppercase } button { border-color: transparent; background: var(--accent); color: var(--ground); font-weight: 600; cursor: pointer }
progress { grid-column: 1 / -1; width: 100%; height: .375rem; accent-color: var(--accent) }
.message { grid-column: 1 / -1; color: var(--soft); font-size: .875rem; overflow-wrap: anywhere } .message:empty { display: none }
`;

const SCRIPT = `
let misses = 0;
// Not by reload: that would send a wrong code once more.
function again() { location.replace(location.pathname === "${OWN_DATA_PATH}" ? "/" : location.href) }
async function look() {
  try {
    const progress = await (await fetch("/progress.json", { cache: "no-store" })).json();
    if (progress.ready) return again();
    misses = 0;
    const page = new DOMParser().parseFromString(await (await fetch("/", { cache: "no-store" })).text(), "text/html");
    const steps = page.getElementById("steps");
    const choice = page.getElementById("choice");
    if (!steps || !choice) return again();
    const mine = document.getElementById("choice");
    if (mine.dataset.state !== choice.dataset.state) mine.replaceWith(document.importNode(choice, true));
    document.getElementById("steps").querySelectorAll("li").forEach((item, i) => {
      const fresh = steps.children[i];
      if (fresh && item.outerHTML !== fresh.outerHTML) item.replaceWith(document.importNode(fresh, true));
    });
  } catch { misses += 1; }
  setTimeout(look, misses > 5 ? 5000 : 1000);
}
setTimeout(look, 1000);
`;
