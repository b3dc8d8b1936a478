import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { EnvError, EnvSchema, parseEnv } from "./env";

function message(variables: Record<string, string>): string {
  try {
    parseEnv(variables);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
  }
  throw new Error("expected an EnvError");
}

describe("environment", () => {
  it("has a default for everything", () => {
    expect(parseEnv({})).toMatchObject({
      TIDELINE_DATA_DIR: path.resolve(".data"),
      HOST: "127.0.0.1",
      PORT: 3000,
      TIDELINE_URL: "http://localhost:3000",
    });
  });

  it("takes an empty value for one not set", () => {
    expect(parseEnv({ PORT: "", DATABASE_URL: "", TIDELINE_URL: "" })).toEqual(parseEnv({}));
  });

  it("derives the public address from host and port, unless it is given", () => {
    expect(parseEnv({ HOST: "0.0.0.0", PORT: "8080" }).TIDELINE_URL).toBe("http://localhost:8080");
    expect(parseEnv({ HOST: "tideline.lan" }).TIDELINE_URL).toBe("http://tideline.lan:3000");
    expect(parseEnv({ TIDELINE_URL: "https://t.example.com/" }).TIDELINE_URL).toBe("https://t.example.com");
  });

  it.each([
    [{ PORT: "80 80" }, 'PORT is "80 80": expected a port from 1 to 65535'],
    [{ PORT: "65536" }, 'PORT is "65536": expected a port from 1 to 65535'],
    [
      { DATABASE_URL: "mysql://u:secret@h/d" },
      'DATABASE_URL is "mysql://u:***@h/d": expected a Postgres address such as postgres://user:password@host:5432/tideline',
    ],
    [
      { TIDELINE_URL: "https://example.com/app" },
      'TIDELINE_URL is "https://example.com/app": expected a web address without a path such as https://tideline.example.com',
    ],
    [
      { NEXTAUTH_SECRET: "hunter2" },
      'NEXTAUTH_SECRET is "*** (7 characters)": expected at least 32 characters, such as `openssl rand -base64 32` prints',
    ],
    [{ TIDELINE_THREADS: "0" }, 'TIDELINE_THREADS is "0": expected a whole number of threads from 1 to 999'],
    [
      { TIDELINE_LIBXGBOOST: "/nowhere/lib.so" },
      'TIDELINE_LIBXGBOOST is "/nowhere/lib.so": expected the path of an existing libxgboost file',
    ],
  ])("says in one line what is wrong with %o", (variables, expected) => {
    expect(message(variables as Record<string, string>)).toBe(expected);
  });

  it("never prints a password, also of an address that cannot be read", () => {
    for (const url of ["postgres://u:p@ss:w0rd@h", "u:w0rd@h/d", "postgres://u:w0rd@h:x/d"]) {
      expect(message({ DATABASE_URL: url })).not.toContain("w0rd");
    }
  });

  it("is what .env.example documents, variable by variable", () => {
    const documented = readFileSync(".env.example", "utf8").match(/^#? ?[A-Z_]+(?==)/gm) ?? [];
    expect(documented.map((name) => name.replace(/^# ?/, "")).sort()).toEqual(Object.keys(EnvSchema.shape).sort());
  });
});
