import { addDays, addWeeks, dayOf } from "@/lib/calendar/weeks";
import { copyRows } from "@/lib/db/copy";
import { inTransaction } from "@/lib/db/pool";
import { currentFeatureView } from "@/lib/features/service";
import { DEFAULT_SETTINGS } from "@/lib/settings/contract";
import { createRandom, type Random } from "@/ml/random/random";

/** The Monday that the synthetic history ends with. */
export const LAST_MONDAY = new Date("2026-11-16T05:00:00Z");

export type SyntheticHistory = { viewId: number; mondays: Date[] };

/**
 * Writes feature rows and labels straight into the feature store: customers whose risk shows in the first two columns of
 * the current view, the rest being noise with gaps; a single day of usage lets the data reach to the last Monday. For tests of training and scoring that need no facts beneath.
 *
 * @param args.customers customers at the beginning; who leaves is replaced
 */
export async function writeSyntheticHistory(args: {
  customers: number;
  weeks: number;
  seed: number;
}): Promise<SyntheticHistory> {
  const view = await currentFeatureView();
  const random = createRandom(args.seed);
  const { zone } = DEFAULT_SETTINGS;
  const mondays = Array.from({ length: args.weeks }, (_, week) => addWeeks(LAST_MONDAY, week + 1 - args.weeks, zone));
  const people = population({ ...args, random });

  await inTransaction(async (client) => {
    await client.query("INSERT INTO customer (source_id) SELECT 'synthetic-' || n FROM generate_series(1, $1) AS n", [
      people.length,
    ]);
    const { rows } = await client.query<{ id: number }>(
      "SELECT id FROM customer WHERE source_id LIKE 'synthetic-%' ORDER BY id",
    );
    await client.query(
      `INSERT INTO usage_daily (customer_id, day, recorded_at, import_id, recorded_basis, active_users, sessions, tasks, comments,
         projects, files, reports, integrations, exports)
       VALUES ($1, $2::date - 1, $2::date, 1, 'source', 1, 1, 0, 0, 0, 0, 0, 0, 0)`,
      [rows[0]!.id, dayOf(LAST_MONDAY, zone)],
    );
    for (const [week, asOf] of mondays.entries()) {
      await client.query("SELECT ensure_month_partition('feature_row', $1)", [asOf]);
      const present = people.flatMap((person, index) =>
        week >= person.from && week < person.leaves ? [{ ...person, id: rows[index]!.id }] : [],
      );
      await client.query(
        `INSERT INTO feature_build (view_id, as_of, known_by, data_cut, status, rows) VALUES ($1, $2, $2, now(), 'complete', $3)`,
        [view.id, asOf, present.length],
      );
      await copyRows({
        client,
        table: "feature_row",
        columns: ["as_of", "customer_id", "view_id", "values", "mrr_cents", "peer_group"],
        rows: present.map((person) => [
          asOf,
          person.id,
          view.id,
          featureValues({ person, week, columns: view.columns.length, random }),
          person.mrrCents,
          "team|5-9",
        ]),
      });
      await copyRows({
        client,
        table: "label",
        columns: ["label_rule_id", "as_of", "customer_id", "revision", "departed", "departed_at", "departure_kind"],
        rows: present.map((person) => {
          const departs = person.leaves - week <= WEEKS_OF_WINDOW;
          const departedAt = departs ? addDays(addWeeks(asOf, person.leaves - week, zone), -1, zone) : null;
          return [1, asOf, person.id, 1, departs, departedAt, departs ? "lapse" : null];
        }),
      });
    }
  });
  return { viewId: view.id, mondays };
}

const WEEKS_OF_WINDOW = 4;
const WEEKS_OF_WARNING = 6;

/** Weeks as numbers from the first; `leaves` is the first week without the customer. */
type Person = { from: number; leaves: number; mrrCents: number };

function population(args: { customers: number; weeks: number; random: Random }): Person[] {
  const { random, weeks } = args;
  const people: Person[] = [];
  for (let place = 0; place < args.customers; place++) {
    for (let from = 0; from < weeks + WEEKS_OF_WARNING; ) {
      const leaves = from + 2 + Math.floor(-Math.log(1 - random.next()) * 60);
      people.push({ from, leaves, mrrCents: 5_000 + random.nextInt(40_000) });
      from = leaves;
    }
  }
  return people;
}

function featureValues(args: { person: Person; week: number; columns: number; random: Random }): number[] {
  const { random } = args;
  const remaining = args.person.leaves - args.week;
  const decline = remaining <= WEEKS_OF_WARNING ? 1 - remaining / (WEEKS_OF_WARNING + 2) : 0;
  return Array.from({ length: args.columns }, (_, column) => {
    const noise = random.next();
    if (column === 0) return decline * 3 + noise;
    if (column === 1) return decline * 2 + noise * 2;
    return noise < 0.1 ? Number.NaN : noise;
  });
}
