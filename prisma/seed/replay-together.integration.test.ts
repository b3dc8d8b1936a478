import { expect, it } from "vitest";
import { addWeeks } from "@/lib/calendar/weeks";
import { closePool, pool } from "@/lib/db/pool";
import { closePrisma } from "@/lib/db/prisma";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { replayWeek } from "./replay-week";
import { worldTemplate } from "./testing/world-template";

const lastMonday = new Date("2026-03-02T05:00:00Z");

it("a week that is built while the next comes in has the features and predictions that it has alone", async () => {
  await createTestDatabase(await worldTemplate());
  await replayWeek({ now: sixOn(3) });
  const together = await publishedWeeks();
  await Promise.all([closePool(), closePrisma()]);
  await createTestDatabase(await worldTemplate());
  for (let week = 1; week <= 3; week++) await replayWeek({ now: sixOn(week) });
  expect(together).toHaveLength(4);
  expect(await publishedWeeks()).toEqual(together);
});

/** Six in the morning of the Monday so many weeks after the world's last. */
function sixOn(week: number): Date {
  return new Date(addWeeks(lastMonday, week, "America/New_York").getTime() + 6 * 3_600_000);
}

/** One text for each Monday with predictions: all that features, scores and reasons say of it. */
async function publishedWeeks() {
  const { rows } = await pool().query<{ as_of: Date; features: string; predictions: string }>(
    `SELECT as_of, md5(string_agg(f.customer_id || f.values::text, ';' ORDER BY f.customer_id)) AS features,
       md5(string_agg(p.probability || p.contributions::text || p.listing || p.reasons::text, ';' ORDER BY p.customer_id)) AS predictions
     FROM prediction p JOIN feature_row f USING (as_of, customer_id) GROUP BY 1 ORDER BY 1`,
  );
  return rows;
}
