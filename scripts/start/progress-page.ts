import { createHash } from "node:crypto";
import type { StartProgress, StepProgress } from "./progress";

/**
 * The page that stands at every address until the product is ready: plain HTML that says what is done and what is going
 * on, brought up to date by its script, or by reloading where scripts are off.
 */
export function renderProgressPage(progress: StartProgress): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tideline is starting</title>
<noscript><meta http-equiv="refresh" content="3"></noscript>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Tideline is starting</h1>
<p>The first start makes a demo company with its history and trains a model on it, which takes a few minutes. Later starts take seconds. This page goes on by itself.</p>
<ol id="steps" aria-live="polite" aria-relevant="text">
${progress.steps.map(renderStep).join("\n")}
</ol>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** What the page may load and run: its own style and script, by their hashes, and nothing else. */
export function progressPagePolicy(): string {
  return `default-src 'none'; connect-src 'self'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; frame-ancestors 'none'`;
}

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
progress { grid-column: 1 / -1; width: 100%; height: .375rem; accent-color: var(--accent) }
.message { grid-column: 1 / -1; color: var(--soft); font-size: .875rem; overflow-wrap: anywhere } .message:empty { display: none }
`;

const SCRIPT = `
let misses = 0;
async function look() {
  try {
    const progress = await (await fetch("/progress.json", { cache: "no-store" })).json();
    if (progress.ready) return location.reload();
    misses = 0;
    const page = new DOMParser().parseFromString(await (await fetch(location.href, { cache: "no-store" })).text(), "text/html");
    const steps = page.getElementById("steps");
    if (!steps) return location.reload();
    document.getElementById("steps").querySelectorAll("li").forEach((item, i) => {
      const fresh = steps.children[i];
      if (fresh && item.outerHTML !== fresh.outerHTML) item.replaceWith(document.importNode(fresh, true));
    });
  } catch { misses += 1; }
  setTimeout(look, misses > 5 ? 5000 : 1000);
}
setTimeout(look, 1000);
`;
