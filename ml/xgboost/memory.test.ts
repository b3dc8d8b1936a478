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
