import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { XgboostLibraryError } from "./errors";
import { isSupportedVersion, loadXgboost } from "./library";
import { listLibraryCandidates } from "./library-candidates";
import { probeXgboost } from "./probe";
import { xgboostProcessEnv } from "./process-env";

describe("where the library is looked for", () => {
  const list = (args: { path?: string; env?: Record<string, string> }) =>
    listLibraryCandidates({ path: args.path, env: args.env ?? {}, platform: "linux" }).map(
      ({ path: file, source }) => `${source} ${file}`,
    );

  test("a named file is the only candidate, an argument before the environment", () => {
    const env = { TIDELINE_LIBXGBOOST: "/b.so" };
    expect(list({ path: "/a.so", env })).toEqual(["argument /a.so"]);
    expect(list({ env })).toEqual(["environment /b.so"]);
  });

  test("else the system's library comes before the packaged one", () => {
    const sources = list({}).map((line) => line.split(" ")[0]);
    expect(list({}).slice(0, 2)).toEqual(["system libxgboost.so.0", "system libxgboost.so"]);
    expect(sources).toEqual(
      [...sources].sort((left, right) => Number(left === "package") - Number(right === "package")),
    );
    if (process.platform === "linux" && process.arch === "x64") expect(sources.at(-1)).toBe("package");
  });
});

test.each([
  [[1, 6, 2], false],
  [[1, 7, 0], true],
  [[1, 7, 5], true],
  [[2, 1, 4], true],
  [[3, 0, 0], true],
  [[4, 0, 0], false],
] as const)("version %j is supported: %j", (version, supported) => {
  expect(isSupportedVersion(version)).toBe(supported);
});

describe("loading", () => {
  test("happens once, names what was loaded, and not at import", () => {
    const script = `
      const before = await import("./ml/xgboost/booster.ts");
      const { readFileSync } = await import("node:fs");
      const mapped = () => readFileSync("/proc/self/maps", "utf8").includes("libxgboost");
      const atImport = process.platform === "linux" && mapped();
      const { loadXgboost } = await import("./ml/xgboost/library.ts");
      const same = loadXgboost() === loadXgboost();
      process.stdout.write(JSON.stringify({ atImport, same, version: loadXgboost().version, known: typeof before.Booster }));
    `;
    const root = path.join(import.meta.dirname, "../..");
    const run = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      cwd: root,
      encoding: "utf8",
    });
    expect(run.stderr).toBe("");
    expect(JSON.parse(run.stdout)).toMatchObject({
      atImport: false,
      same: true,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
  });

  test("of a file that does not exist fails with the reason and the commands that mend it", () => {
    expect(() => loadXgboost({ path: "/nowhere/libxgboost.so" })).toThrow(XgboostLibraryError);
    expect(() => loadXgboost({ path: "/nowhere/libxgboost.so" })).toThrow(
      "/nowhere/libxgboost.so (argument): the file does not exist",
    );
    const mend = process.platform === "darwin" ? "brew install" : "apt-get install -y libxgboost0 libgomp1";
    expect(() => loadXgboost({ env: { TIDELINE_LIBXGBOOST: "/nowhere.so" } as unknown as NodeJS.ProcessEnv })).toThrow(
      mend,
    );
  });

  test("of a file that is no library, or another library, says so", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "no-library-"));
    const file = path.join(folder, "libxgboost.so");
    writeFileSync(file, "not a library");
    expect(() => loadXgboost({ path: file })).toThrow(XgboostLibraryError);
    rmSync(folder, { recursive: true });
    const other = process.platform === "darwin" ? "/usr/lib/libSystem.B.dylib" : "libm.so.6";
    expect(() => loadXgboost({ path: other })).toThrow("not a usable libxgboost");
  });

  test.runIf(process.platform === "linux" && process.arch === "x64")(
    "the packaged file trains and predicts too",
    () => {
      const packaged = path.join(import.meta.dirname, "../../node_modules/xgboost_node/lib/libxgboost.so");
      const script = `
      const { makeSmallData } = await import("./ml/xgboost/testing/small-data.ts");
      const { trainBooster } = await import("./ml/xgboost/train-booster.ts");
      const train = makeSmallData({ rows: 200, columns: 3, seed: 1 });
      const { booster, history } = await trainBooster({ train, params: { objective: "binary:logistic", seed: 1, threads: 1 }, rounds: 5 });
      process.stdout.write(String(history[4].train < history[0].train && booster.predictMargin(train.matrix).length === 200));
    `;
      const run = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
        cwd: path.join(import.meta.dirname, "../.."),
        env: { ...process.env, ...xgboostProcessEnv(), TIDELINE_LIBXGBOOST: packaged },
        encoding: "utf8",
      });
      expect(run.stderr).toBe("");
      expect(run.stdout).toBe("true");
    },
  );
});

describe("probing in a child process", () => {
  test("names path, version and source", async () => {
    const { path: file, version, source } = loadXgboost();
    expect(await probeXgboost()).toEqual({ path: file, version, source });
  });

  test("fails with the same error as loading", async () => {
    const env = { ...process.env, TIDELINE_LIBXGBOOST: "/nowhere.so" };
    await expect(probeXgboost({ env })).rejects.toThrow("/nowhere.so (environment): the file does not exist");
    await expect(probeXgboost({ env })).rejects.toMatchObject({
      name: "XgboostLibraryError",
      tried: [{ reason: "the file does not exist" }],
    });
  });
});

test("a process that uses XGBoost is told that waiting threads sleep", () => {
  expect(xgboostProcessEnv({ threads: 2 })).toEqual({ OMP_WAIT_POLICY: "passive", OMP_NUM_THREADS: "2" });
});
