import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readIfThere } from "@/lib/env/data-folder";
import { sourceHash } from "../setup/source-hash";
import { runChild } from "./children";

const BUILT_FROM = [
  "app",
  "components",
  "lib",
  "ml",
  "public",
  "prisma/schema.prisma",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/** Builds the web pages where their sources have changed since the last whole build. @returns whether it built. */
export async function buildPages(args: { onLine: (line: string) => void }): Promise<boolean> {
  const folder = process.env.TIDELINE_NEXT_DIST ?? ".next";
  const mark = path.join(folder, "built-from");
  const wanted = sourceHash(BUILT_FROM);
  if (readIfThere(mark) === wanted) return false;
  mkdirSync(folder, { recursive: true });
  rmSync(mark, { force: true });
  await runChild({
    name: "next build",
    script: "node_modules/next/dist/bin/next",
    arguments: ["build"],
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    onLine: args.onLine,
  });
  writeFileSync(mark, wanted);
  return true;
}
