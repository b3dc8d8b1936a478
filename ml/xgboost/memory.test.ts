import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { Booster } from "./booster";
import { makeSmallData } from "./testing/small-data";
import { trainBooster } from "./train-booster";

const data = makeSmallData({ rows: 4000, columns: 20, seed: 1 });
const params = { objective: "binary:logistic", maxDepth: 4, seed: 1, threads: 2 } as const;

// One round trip holds about 2 MB of native memory, so 200 leaking ones would grow by some 400 MB.
const growthMbMax = 40;

async function trainPredictSaveLoad(): Promise<void> {
  const { booster } = await trainBooster({ train: data, validation: data, params, rounds: 4, earlyStoppingRounds: 2 });
  booster.predictContributions(data.matrix);
  const loaded = Booster.load(booster.save("ubj"));
  loaded.predictMargin(data.matrix);
  loaded.dispose();
  booster.dispose();
}

test("training, predicting, saving and loading 200 times leaves resident memory where it was", {
  timeout: 120_000,
}, async () => {
  for (let warmUp = 0; warmUp < 30; warmUp++) await trainPredictSaveLoad();
  const before = process.memoryUsage.rss();
  for (let run = 0; run < 200; run++) await trainPredictSaveLoad();
  const growthMb = (process.memoryUsage.rss() - before) / 2 ** 20;
  expect(growthMb).toBeLessThan(growthMbMax);
});

test("a matrix or booster that was dropped without dispose is freed by the garbage collector", () => {
  const script = `
    const { makeSmallData } = await import("./ml/xgboost/testing/small-data.ts");
    const { DMatrix } = await import("./ml/xgboost/dmatrix.ts");
    const { Booster } = await import("./ml/xgboost/booster.ts");
    const { trainBooster } = await import("./ml/xgboost/train-booster.ts");
    const data = makeSmallData({ rows: 20000, columns: 20, seed: 1 });
    const params = { objective: "binary:logistic", seed: 1, threads: 1 };
    const bytes = (await trainBooster({ train: data, params, rounds: 20 })).booster.save("ubj");
    const drop = async (count) => {
      for (let index = 0; index < count; index++) {
        new DMatrix(data, { threads: 1 });
        Booster.load(bytes);
        if (index % 10 === 9) { gc(); await new Promise((resolve) => setTimeout(resolve, 5)); }
      }
    };
    await drop(30);
    const before = process.memoryUsage.rss();
    await drop(100);
    process.stdout.write(String((process.memoryUsage.rss() - before) / 2 ** 20));
  `;
  const run = spawnSync(process.execPath, ["--expose-gc", "--import", "tsx", "--input-type=module", "-e", script], {
    cwd: path.join(import.meta.dirname, "../.."),
    encoding: "utf8",
  });
  expect(run.stderr).toBe("");
  // A hundred matrices hold some 320 MB when kept.
  expect(Number(run.stdout)).toBeLessThan(100);
}, 60_000);
