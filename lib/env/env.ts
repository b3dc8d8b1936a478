import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** What the product reads from its environment; .env.example says the same in words. */
export const EnvSchema = z.object({
  DATABASE_URL: optional(
    z.string().refine(isPostgresUrl, "a Postgres address such as postgres://user:password@host:5432/tideline"),
  ),
  TIDELINE_DATA_DIR: withDefault(".data", z.string()).transform((folder) => path.resolve(folder)),
  HOST: withDefault("127.0.0.1", z.string().regex(/^[\w.:-]+$/, "a host name or address to listen on")),
  PORT: withDefault("3000", port()),
  TIDELINE_URL: optional(
    z.string().refine(isWebUrl, "a web address without a path such as https://tideline.example.com"),
  ),
  TIDELINE_BEHIND_PROXY: withDefault("no", z.string().regex(/^(yes|no)$/, "yes or no")).transform(
    (text) => text === "yes",
  ),
  TIDELINE_FIRST_START: withDefault("ask", z.enum(["ask", "demo", "own"], "ask, demo or own")),
  NEXTAUTH_SECRET: optional(z.string().min(32, "at least 32 characters, such as `openssl rand -base64 32` prints")),
  TIDELINE_USAGE_SALT: optional(z.string().min(16, "at least 16 characters")),
  TIDELINE_POSTGRES_PORT: optional(port()),
  TIDELINE_LIBXGBOOST: optional(z.string().refine(existsSync, "the path of an existing libxgboost file")),
  TIDELINE_THREADS: optional(
    z
      .string()
      .regex(/^[1-9]\d{0,2}$/, "a whole number of threads from 1 to 999")
      .transform(Number),
  ),
  TIDELINE_CHROMIUM: optional(z.string().refine(existsSync, "the path of an existing Chromium or Chrome program")),
});

export type Env = Omit<z.infer<typeof EnvSchema>, "TIDELINE_URL"> & { TIDELINE_URL: string };

/** A variable of the environment is missing or wrong; the message is one line for people. */
export class EnvError extends Error {
  override name = "EnvError";
}

/** The process's environment, with `.env` of the working folder under it, checked once. @throws EnvError */
export function env(): Env {
  if (!parsed) {
    if (existsSync(".env")) process.loadEnvFile(".env");
    parsed = parseEnv(process.env);
  }
  return parsed;
}

/**
 * Checks a set of variables. An empty value counts as not set.
 * @throws EnvError with one line that names the first wrong variable, its value (secrets masked) and what is expected
 */
export function parseEnv(variables: Readonly<Record<string, string | undefined>>): Env {
  const result = EnvSchema.safeParse(variables);
  if (result.success) {
    const { HOST, PORT, TIDELINE_URL = `http://${isLocal(HOST) ? "localhost" : HOST}:${PORT}` } = result.data;
    return { ...result.data, TIDELINE_URL: TIDELINE_URL.replace(/\/$/, "") };
  }
  const issue = result.error.issues[0]!;
  const name = String(issue.path[0]);
  throw new EnvError(`${name} is "${masked(name, variables[name] ?? "")}": expected ${issue.message}`);
}

let parsed: Env | undefined;

function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === "" ? undefined : value), schema.optional());
}

function withDefault<T extends z.ZodType>(value: string, schema: T) {
  return z.preprocess((given) => (given === undefined || given === "" ? value : given), schema);
}

function port() {
  return z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535, "a port from 1 to 65535")
    .transform(Number);
}

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}

function isWebUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.pathname === "/" && url.search === "";
}

function isLocal(host: string): boolean {
  return ["127.0.0.1", "::1", "0.0.0.0", "::", "localhost"].includes(host);
}

/** Passwords in addresses and whole secrets never reach a log. */
function masked(name: string, value: string): string {
  if (/SECRET|SALT/.test(name)) return value === "" ? "" : `*** (${value.length} characters)`;
  if (name !== "DATABASE_URL") return value;
  const withoutPassword = value.replace(/(:\/\/[^:/@]*:).*@/, "$1***@").replace(/(password=)[^&]*/gi, "$1***");
  // An address that no parser understands may hold its password anywhere.
  return withoutPassword === value && value.includes("@") ? "***" : withoutPassword;
}
