import type { Terms } from "./contract";
import { binomialOf, noise, normalOf, poissonOf } from "./counter-noise";
import { type DayNumber, weekdayOf } from "./day-calendar";
import { declineOn } from "./decline-on";
import type { LeavingEpisode } from "./leaving-episode";
import type { Stay } from "./population";
import type { World } from "./world";

/** One customer's use on one day; reused between calls, so copy what is to be kept. */
export type UsageDay = {
  activeUsers: number;
  sessions: number;
  tasks: number;
  comments: number;
  projects: number;
  files: number;
  reports: number;
  integrations: number;
  exports: number;
};

/** Lanes of a day's noise; one draw each. */
const LANE = {
  users: 1,
  sessions: 2,
  tasks: 3,
  comments: 4,
  projects: 5,
  files: 6,
  reports: 7,
  integrations: 8,
  exports: 9,
  week: 20,
  quiet: 21,
  lull: 22,
  lullDepth: 23,
  stops: 30,
} as const;

/**
 * Makes the days of one stay. A day depends on the stay, the day and noise, never on days made before it, so any week can
 * be made alone.
 */
export class UsageMaker {
  readonly #stay: Stay;
  readonly #world: World;
  readonly #terms: readonly Terms[];
  readonly #day: UsageDay = {
    activeUsers: 0,
    sessions: 0,
    tasks: 0,
    comments: 0,
    projects: 0,
    files: 0,
    reports: 0,
    integrations: 0,
    exports: 0,
  };
  #step = 0;
  #week = Number.NaN;
  #weekLevel = 1;

  constructor(stay: Stay, terms: readonly Terms[], world: World) {
    this.#stay = stay;
    this.#terms = terms;
    this.#world = world;
  }

  /** The use on `day`, or null where nobody worked. Days may be asked in any order, cheapest ascending. */
  on(day: DayNumber): UsageDay | null {
    const { life, company } = this.#stay;
    if (day < life.from || day >= life.endsOn) return null;
    for (const gap of life.gaps) if (day >= gap.from && day < gap.to) return null;
    const { decline, calendar, parameters } = this.#world;
    const { habits, noiseKey: key } = company;
    const rhythm = calendar.rhythm(day);
    const level = this.#levelOfWeek(day) * rhythm.activity * rampUp(day - life.from, habits.rampDays);

    const leaving = declineOn({ life, day, recoveryDays: parameters.leaving.recoveryDays });
    const gone = leaving === null ? 0 : Math.min(1, leaving.share * leaving.episode.visibility);
    const resting = rhythm.resting ? parameters.usage.weekendFactor : 1;
    const chance = Math.min(0.98, habits.seatShare * level) * resting * (1 - decline.activeUsers * gone);
    const users = binomialOf(noise(key, day, LANE.users), this.#seatsOn(day), chance);
    if (users === 0) return null;

    const intensity = users * (0.6 + 0.4 * level) * (1 - decline.intensity * gone) * (resting < 1 ? 0.6 : 1);
    const made = this.#day;
    made.activeUsers = users;
    made.sessions = users + poissonOf(noise(key, day, LANE.sessions), intensity * (habits.sessions - 1));
    made.tasks = poissonOf(noise(key, day, LANE.tasks), intensity * habits.tasks);
    made.projects = poissonOf(
      noise(key, day, LANE.projects),
      Math.sqrt(users) * habits.projects * (1 - decline.intensity * gone),
    );
    made.comments = this.#kept(leaving, 0) * poissonOf(noise(key, day, LANE.comments), intensity * habits.comments);
    made.files = this.#kept(leaving, 1) * poissonOf(noise(key, day, LANE.files), intensity * habits.files);
    made.reports = this.#kept(leaving, 2) * poissonOf(noise(key, day, LANE.reports), intensity * habits.reports);
    made.integrations =
      this.#kept(leaving, 3) * poissonOf(noise(key, day, LANE.integrations), habits.integrations * (0.7 + 0.3 * level));
    // People who are about to go take their data with them.
    const takingAway = gone > 0.35 ? decline.exports * gone : 0;
    made.exports = poissonOf(
      noise(key, day, LANE.exports),
      users * (habits.exports + 0.06 * takingAway) * (1 + takingAway),
    );
    return made;
  }

  /** 0 where this kind of use has stopped in the episode, else 1. */
  #kept(leaving: { episode: LeavingEpisode; share: number } | null, kind: number): 0 | 1 {
    if (leaving === null) return 1;
    const { noiseKey } = this.#stay.company;
    const drawn = noise(noiseKey, leaving.episode.onset, LANE.stops + kind);
    if (drawn >= this.#world.decline.breadth) return 1;
    // The same draw says how far into the decline it stops: between a quarter and nearly the end.
    return leaving.share > 0.25 + 0.65 * (drawn / this.#world.decline.breadth) ? 0 : 1;
  }

  #seatsOn(day: DayNumber): number {
    const terms = this.#terms;
    if (day < terms[this.#step]!.day) this.#step = 0;
    while (this.#step + 1 < terms.length && terms[this.#step + 1]!.day <= day) this.#step++;
    return terms[this.#step]!.seats;
  }

  #levelOfWeek(day: DayNumber): number {
    const week = (day - weekdayOf(day)) / 7;
    if (week !== this.#week) {
      this.#week = week;
      this.#weekLevel = this.#drawLevelOfWeek(Math.round(week), day - weekdayOf(day));
    }
    return this.#weekLevel;
  }

  #drawLevelOfWeek(week: number, monday: DayNumber): number {
    const { usage } = this.#world.parameters;
    const { habits, noiseKey: key } = this.#stay.company;
    const swing = 1 + habits.swing * Math.sin(2 * Math.PI * (week / 26 + habits.phase));
    const weekly = Math.exp(usage.weekNoise * normalOf(noise(key, week, LANE.week)));
    const quietChance = this.#world.calendar.rhythm(monday + 3).holidaySeason
      ? usage.quietWeekInSeason
      : usage.quietWeek;
    const quiet = noise(key, week, LANE.quiet) < quietChance ? 0.25 : 1;
    const block = Math.floor((week + Math.floor(habits.phase * 6)) / 6);
    const lull = noise(key, block, LANE.lull) < usage.lull ? 0.55 + 0.25 * noise(key, block, LANE.lullDepth) : 1;
    return swing * weekly * quiet * lull;
  }
}

function rampUp(daysSinceStart: number, rampDays: number): number {
  return daysSinceStart >= rampDays ? 1 : 0.35 + (0.65 * daysSinceStart) / rampDays;
}
