import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { readIfThere } from "@/lib/env/data-folder";
import { runChild } from "../start/children";
import { sourceHash } from "./source-hash";

/**
 * Generates Prisma's client from schema.prisma where that has changed. The generator insists on a schema engine but
 * only looks whether the file is there, so any file will do and nothing is downloaded.
 * @returns whether there was something to do
 */
export async function ensurePrismaClient(): Promise<boolean> {
  const { version } = JSON.parse(readFileSync("node_modules/prisma/package.json", "utf8")) as { version: string };
  const wanted = `${version} ${sourceHash(["prisma/schema.prisma", "prisma.config.ts"])}`;
  if (readIfThere(MARK) === wanted) return false;
  await runChild({
    name: "prisma generate",
    script: path.join(path.dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build/index.js"),
    arguments: ["generate"],
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
  });
  writeFileSync(MARK, wanted);
  return true;
}

/** Written last, so that a generation that was killed is done again. */
const MARK = "lib/db/generated/.schema-hash";
