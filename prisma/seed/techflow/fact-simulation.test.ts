import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FILE_SPECS } from "@/lib/ingest/files";
import { type FactFile, FILE_COLUMNS } from "./fact-rows";
import { FactSimulation } from "./fact-simulation";
import { createWorld, type World } from "./world";

const root = mkdtempSync(path.join(os.tmpdir(), "techflow-test-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const WEEKS = 10;
const ownerEmails = ["one@techflow.example", "two@techflow.example"];

function makeWorld(overrides: Partial<World["definition"]> = {}): World {
  const zone = "America/New_York";
  return createWorld({ seed: 5, customers: 120, signal: "medium", historyFrom: "2026-01-19", zone, ...overrides });
}

async function write(world: World, folder: string, piece: { afterWeek: number | null; untilWeek: number }) {
  const directory = path.join(root, folder);
  const day = (week: number) => world.historyFrom + 7 * week;
  const after = piece.afterWeek === null ? null : day(piece.afterWeek);
  const until = day(piece.untilWeek);
  const written = await new FactSimulation({ world, after, horizon: until, ownerEmails }).write({ directory, until });
  return { written, files: readFiles(directory) };
}

function readFiles(directory: string): Record<string, string> {
  const files = readdirSync(directory).sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(directory, file), "utf8")]));
}

const whole = await write(makeWorld(), "whole", { afterWeek: null, untilWeek: WEEKS });

describe("writing facts", () => {
  it("gives the same bytes for the same world, and others for another seed or signal", async () => {
    const again = await write(makeWorld(), "again", { afterWeek: null, untilWeek: WEEKS });
    expect(again).toEqual(whole);
    const other = await write(makeWorld({ seed: 6 }), "other", { afterWeek: null, untilWeek: WEEKS });
    expect(other.files["usage.csv"]).not.toBe(whole.files["usage.csv"]);
    const clear = await write(makeWorld({ signal: "high" }), "clear", { afterWeek: null, untilWeek: WEEKS });
    expect(clear.files["usage.csv"]).not.toBe(whole.files["usage.csv"]);
    expect(clear.files["contacts.csv"]).toBe(whole.files["contacts.csv"]);
  });

  it("makes in pieces, week after week, what it makes at once", async () => {
    const pieces = [await write(makeWorld(), "piece-0", { afterWeek: null, untilWeek: WEEKS - 3 })];
    for (let week = WEEKS - 3; week < WEEKS; week++)
      pieces.push(await write(makeWorld(), `piece-${week}`, { afterWeek: week, untilWeek: week + 1 }));
    for (const [file, content] of Object.entries(whole.files)) {
      const [head] = content.split("\n", 1);
      const bodies = pieces.map(({ files }) => (files[file] ?? `${head}\n`).slice(head!.length + 1));
      expect(`${head}\n${bodies.join("")}`, file).toBe(content);
    }
  });

  it("makes in pieces of one simulation what other simulations make of each", async () => {
    const world = makeWorld();
    const day = (week: number) => world.historyFrom + 7 * week;
    const whole = await write(world, "one-0", { afterWeek: null, untilWeek: WEEKS - 3 });
    expect(Object.keys(whole.files)).toHaveLength(Object.keys(FILE_COLUMNS).length);
    const simulation = new FactSimulation({ world, after: day(WEEKS - 3), horizon: day(WEEKS), ownerEmails });
    for (let week = WEEKS - 3; week < WEEKS; week++) {
      const directory = path.join(root, `one-${week}`);
      const written = await simulation.write({ directory, until: day(week + 1) });
      const alone = await write(world, `alone-${week}`, { afterWeek: week, untilWeek: week + 1 });
      expect({ written, files: readFiles(directory) }).toEqual(alone);
    }
    await expect(simulation.write({ directory: root, until: day(WEEKS) + 1 })).rejects.toThrow("expected at most");
  });

  it("has only columns that the canonical import knows", () => {
    for (const [file, columns] of Object.entries(FILE_COLUMNS)) {
      const spec = FILE_SPECS.find((candidate) => candidate.file === `${file}.csv`)!;
      const known = ["recorded_at", ...spec.columns.map(({ name }) => name)];
      expect(known, file).toEqual(expect.arrayContaining([...columns]));
      expect(whole.files[`${file}.csv`]!.split("\n", 1)[0]).toBe(columns.join(","));
    }
  });

  it("counts the rows, the bad and the repeated ones", () => {
    for (const file of Object.keys(FILE_COLUMNS) as FactFile[]) {
      const lines = whole.files[`${file}.csv`]!.trimEnd().split("\n").slice(1);
      expect(whole.written.rows[file], file).toBe(lines.length);
      expect(lines.length - new Set(lines).size, file).toBe(whole.written.repeatedRows[file]);
    }
    expect(whole.written.badRows.usage).toBeGreaterThan(0);
    expect(whole.written.repeatedRows.usage).toBeGreaterThan(0);
  });

  it("tells of most days the morning after, of some late, and corrects a few", () => {
    const rows = whole.files["usage.csv"]!.trimEnd().split("\n").slice(1);
    const delays = rows.map((row) => {
      const [, day = "", ...rest] = row.split(",");
      return Math.round((Date.parse(rest.at(-1)!) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000);
    });
    const late = delays.filter((days) => days > 1).length / rows.length;
    expect(late).toBeGreaterThan(0.008);
    expect(late).toBeLessThan(0.03);
    const days = rows.map((row) => row.split(",", 2).join(","));
    expect(days.length - new Set(days).size).toBeGreaterThan(whole.written.repeatedRows.usage);
  });

  it("rests on weekends and holidays", () => {
    const rowsOn = (day: string) => whole.files["usage.csv"]!.split(`,${day},`).length - 1;
    const wednesday = rowsOn("2026-02-25");
    expect(rowsOn("2026-02-28")).toBeLessThan(wednesday / 2);
    // Presidents' Day.
    expect(rowsOn("2026-02-16")).toBeLessThan(wednesday / 2);
  });

  it("stops at once when aborted and names what a bad world is", async () => {
    const stopped = AbortSignal.abort(new Error("stopped"));
    const world = makeWorld();
    const directory = path.join(root, "stopped");
    const until = world.historyFrom + 70;
    const simulation = new FactSimulation({ world, after: null, horizon: until, ownerEmails });
    await expect(simulation.write({ directory, until, signal: stopped })).rejects.toThrow("stopped");
    expect(() => makeWorld({ historyFrom: "2026-01-20" })).toThrow('historyFrom is "2026-01-20"; expected a Monday');
    expect(() => makeWorld({ customers: 0 })).toThrow("customers is 0; expected a whole number from 1");
  });
});
