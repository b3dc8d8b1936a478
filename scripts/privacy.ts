import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import type { SearchHit, Subject, SubjectView } from "@/lib/privacy/contract";
import { runCommand, say } from "./run-command";
import { ensurePrismaClient } from "./setup/prisma-client";

const USAGE = [
  "npm run privacy -- find TEXT                              whom a name, an e-mail address or an id of the source belongs to",
  "npm run privacy -- export --contact N|--customer N [--out FILE]   all that is known of them, as JSON",
  "npm run privacy -- erase --contact N|--customer N [--name NAME]   replaces who they are; NAME is asked for where not given",
].join("\n");
const ACTOR = { id: null, label: "command line" };

// `npm run privacy`: what the page Privacy does, for whoever runs this installation (docs/operations.md).
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: {
      contact: { type: "string" },
      customer: { type: "string" },
      out: { type: "string" },
      name: { type: "string" },
    },
    allowPositionals: true,
  });
  const [verb, ...rest] = positionals;
  const work = verb === "find" ? { verb, text: rest.join(" ") } : { verb, subject: readSubject(values, rest) };
  await ensurePrismaClient();
  const { withDatabase } = await import("@/lib/db/with-database");
  return withDatabase(async () => {
    if (work.text !== undefined) return find(work.text);
    if (work.verb === "export") return exportTo(work.subject, values.out);
    if (work.verb === "erase") return erase(work.subject, values.name);
    throw new Error(`expected find, export or erase, got ${verb ?? "nothing"}\n${USAGE}`);
  });
});

function readSubject(values: { contact?: string; customer?: string }, rest: readonly string[]): Subject {
  const { contact, customer } = values;
  const number = contact ?? customer;
  if ((contact === undefined) === (customer === undefined) || rest.length > 0 || !/^[1-9]\d{0,8}$/.test(number ?? ""))
    throw new Error(`expected --contact N or --customer N with one of Tideline's numbers\n${USAGE}`);
  return { kind: contact === undefined ? "customer" : "contact", id: Number(number) };
}

async function find(text: string): Promise<number> {
  const { SearchSchema } = await import("@/lib/privacy/contract");
  const { searchSubjects } = await import("@/lib/privacy/service");
  const asked = SearchSchema.safeParse({ text });
  if (!asked.success) throw new Error(`${asked.error.issues[0]?.message}\n${USAGE}`);
  const { hits, more } = await searchSubjects({ text: asked.data.text, actor: ACTOR });
  for (const hit of hits) say(hitLine(hit));
  if (hits.length === 0) say("nobody");
  if (more) say("… and more: search for more of the name");
  return hits.length === 0 ? 1 : 0;
}

function hitLine({ subject, name, email, customerName, sourceId, erasedAt }: SearchHit): string {
  const person = subject.kind === "contact" ? `${email ? ` <${email}>` : ""} at ${customerName}` : "";
  return `--${subject.kind} ${subject.id}  ${name}${person}, id in the source ${sourceId}${erasedAt ? `, erased ${erasedAt}` : ""}`;
}

async function exportTo(subject: Subject, out = `${subject.kind}-${subject.id}.json`): Promise<number> {
  const { exportSubject } = await import("@/lib/privacy/export-service");
  const json = await exportSubject({ subject, actor: ACTOR, now: new Date() });
  await pipeline(Readable.from(json), createWriteStream(out, { flags: "wx", mode: 0o600 }));
  say(`wrote ${out}: personal data, readable by you alone`);
  return 0;
}

async function erase(subject: Subject, given: string | undefined): Promise<number> {
  const { viewSubject } = await import("@/lib/privacy/service");
  const service = await import("@/lib/privacy/erasure-service");
  const name = given ?? (await askForName(await viewSubject({ subject, actor: ACTOR })));
  const receipt = await service.erase({ subject, name, actor: ACTOR });
  if (receipt.outcome === "already") say(`erased already, ${receipt.erasedAt}: nothing was changed`);
  for (const { what, count } of receipt.replaced) say(`${count} ${what}`);
  if (receipt.filesWaiting > 0)
    say(`${receipt.filesWaiting} files that wait for their import hold it; it is not taken from them`);
  if (receipt.outcome === "erased") say(`erased ${receipt.erasedAt}; the audit has the entry`);
  return 0;
}

async function askForName(view: SubjectView): Promise<string> {
  if (!process.stdin.isTTY) throw new Error(`expected --name with the name as it stands here\n${USAGE}`);
  if (view.erasedAt) return view.name;
  say(`This cannot be undone. Of ${view.subject.kind} ${view.subject.id}, ${view.name}:`);
  for (const { what, count } of view.replaced) say(`  ${count} ${what} replaced`);
  for (const { what, count } of view.kept) say(`  ${count} ${what} kept`);
  if (view.sourceIdTells === "stays") say(`  the source's id stays, and seems to tell who it is: ${view.sourceId}`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question("Type the name to erase it: ");
  } finally {
    terminal.close();
  }
}
