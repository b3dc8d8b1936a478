import { describe, expect, it } from "vitest";
import { createRandom } from "@/ml/random/random";
import { declineAt, drawLeavingEpisode, endingOf, type LeavingEpisode } from "./leaving-episode";
import { TECHFLOW_PARAMETERS } from "./parameters";

const { leaving } = TECHFLOW_PARAMETERS;
const onset = 20_000;
const draw = (seed: number) => drawLeavingEpisode({ random: createRandom(seed), onset, leaving });

describe("a leaving episode", () => {
  it("shows the same decline on every day before its end, whenever and however it ends", () => {
    const early: LeavingEpisode = { ...draw(1), withoutOutreach: { kind: "leaves", day: onset + 40 } };
    const late: LeavingEpisode = { ...early, withoutOutreach: { kind: "leaves", day: onset + 85 } };
    const turning: LeavingEpisode = { ...early, withoutOutreach: { kind: "recovers", day: onset + 40 } };
    const shown = (episode: LeavingEpisode, day: number) =>
      declineAt({ episode, ending: episode.withoutOutreach, day, recoveryDays: leaving.recoveryDays });
    for (let day = onset - 5; day <= onset + 40; day++) {
      expect(shown(early, day)).toBe(shown(late, day));
      expect(shown(early, day)).toBe(shown(turning, day));
    }
    expect(shown(early, onset)).toBe(0);
    expect(shown(early, onset + 40)).toBeGreaterThan(shown(early, onset + 20));
    expect(shown(turning, onset + 40 + leaving.recoveryDays)).toBe(0);
  });

  it("ends 60 days after its onset, 8 more or less, and every tenth in recovery", () => {
    const episodes = Array.from({ length: 4000 }, (_, seed) => draw(seed));
    const days = episodes.map(({ withoutOutreach }) => withoutOutreach.day - onset);
    const mean = days.reduce((total, day) => total + day, 0) / days.length;
    const deviation = Math.sqrt(days.reduce((total, day) => total + (day - mean) ** 2, 0) / days.length);
    expect(mean).toBeCloseTo(60, 0);
    expect(deviation).toBeGreaterThan(7.6);
    expect(deviation).toBeLessThan(8.4);
    const recovering = episodes.filter(({ withoutOutreach }) => withoutOutreach.kind === "recovers").length;
    expect(recovering / episodes.length).toBeCloseTo(0.1, 1);
  });

  it("takes the ending with outreach only where a contact falls between onset and end", () => {
    const saved = Array.from({ length: 500 }, (_, seed) => draw(seed)).find(
      ({ withoutOutreach, withOutreach }) => withoutOutreach.kind === "leaves" && withOutreach.kind === "recovers",
    )!;
    expect(endingOf(saved, undefined)).toBe(saved.withoutOutreach);
    expect(endingOf(saved, onset - 1)).toBe(saved.withoutOutreach);
    expect(endingOf(saved, onset)).toBe(saved.withOutreach);
    expect(endingOf(saved, saved.withoutOutreach.day)).toBe(saved.withoutOutreach);
  });
});
