import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { EnvSchema } from "@/lib/env/env";

describe("Dockerfile", () => {
  it("has nothing that the linter objects to", () => {
    const report = execFileSync(process.execPath, [
      "node_modules/dockerfilelint/bin/dockerfilelint",
      "-o",
      "json",
      "Dockerfile",
    ]);
    expect(JSON.parse(report.toString()).totalIssues).toBe(0);
  });

  it("runs as an ordinary user and starts files that exist", () => {
    const lines = readFileSync("Dockerfile", "utf8").split("\n");
    const user = lines.findIndex((line) => line.startsWith("USER node"));
    const command = lines.findIndex((line) => line.startsWith("CMD "));
    expect(user).toBeGreaterThan(0);
    expect(command).toBeGreaterThan(user);
    const words = JSON.parse(lines[command]!.slice(4)) as string[];
    expect(existsSync(words.at(-1)!)).toBe(true);
  });
});

type Compose = {
  services: Record<
    string,
    { environment?: Record<string, string>; volumes?: string[]; depends_on?: Record<string, object> }
  >;
  volumes: Record<string, null>;
};

describe("compose.yaml", () => {
  const compose = parse(readFileSync("compose.yaml", "utf8")) as Compose;

  it("sets only variables that the product reads, and keeps no password", () => {
    const { app, postgres } = compose.services;
    for (const name of Object.keys(app!.environment!)) expect(Object.keys(EnvSchema.shape)).toContain(name);
    for (const value of [app!.environment!.DATABASE_URL!, postgres!.environment!.POSTGRES_PASSWORD!])
      expect(value).toContain("${POSTGRES_PASSWORD:?");
  });

  it("depends on services and mounts volumes that it declares", () => {
    for (const service of Object.values(compose.services)) {
      for (const name of Object.keys(service.depends_on ?? {})) expect(compose.services).toHaveProperty(name);
      for (const volume of service.volumes ?? []) expect(compose.volumes).toHaveProperty(volume.split(":")[0]!);
    }
  });
});
