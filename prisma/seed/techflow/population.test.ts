import { describe, expect, it } from "vitest";
import { drawContract } from "./contract";
import { livePopulation, type Stay } from "./population";
import { createWorld, type World } from "./world";

const DAYS = 546;

function makeWorld(overrides: Partial<World["definition"]> = {}): World {
  return createWorld({
    seed: 7,
    customers: 4000,
    signal: "medium",
    historyFrom: "2025-05-05",
    zone: "America/New_York",
    ...overrides,
  });
}

describe("the population", () => {
  const world = makeWorld();
  const start = world.historyFrom;
  const stays = livePopulation(world, start + DAYS);
  const paying = (day: number) =>
    stays.filter((stay) => stay.paid && stay.life.paidFrom < day && stay.life.endsOn > day);

  it("keeps the number of paying customers level", () => {
    for (const day of [start + 1, start + 180, start + 365, start + DAYS]) {
      expect(paying(day).length).toBeGreaterThan(4000 * 0.98);
      expect(paying(day).length).toBeLessThan(4000 * 1.02);
    }
  });

  it("loses 5.5 to 6.5% of its customers a month, a tenth of them without a sign and a quarter by lapse", () => {
    const departures = monthlyDepartures(stays, start);
    const rate = sum(departures.map(({ departed }) => departed.length)) / sum(departures.map(({ atRisk }) => atRisk));
    expect(rate).toBeGreaterThan(0.055);
    expect(rate).toBeLessThan(0.065);
    const all = departures.flatMap(({ departed }) => departed);
    expect(share(all, ({ life }) => life.sudden)).toBeCloseTo(0.1, 1);
    expect(share(all, ({ life }) => life.departure === "lapse")).toBeCloseTo(0.24, 1);
  });

  it("has about five seats a customer, skewed, at about $50 a seat", () => {
    const day = start + DAYS;
    const terms = paying(day).map((stay) => drawContract(stay, world).terms.findLast((step) => step.day <= day)!);
    const seats = terms.map((step) => step.seats).sort((a, b) => a - b);
    const mean = sum(seats) / seats.length;
    expect(mean).toBeGreaterThan(4.6);
    expect(mean).toBeLessThan(5.5);
    expect(seats[seats.length >> 1]!).toBeLessThan(mean - 0.5);
    expect(seats[0]).toBe(1);
    const revenue = sum(terms.map((step) => step.seats * step.unitPriceCents));
    expect(revenue / sum(seats)).toBeGreaterThan(4800);
    expect(revenue / sum(seats)).toBeLessThan(5400);
  });

  it("saves with outreach those whose other ending was recovery, and changes nothing before the contact", () => {
    const small = makeWorld({ customers: 600 });
    const before = livePopulation(small, start + DAYS);
    const chains = new Set<number>();
    // The first of each chain: who comes after a customer that was kept comes later.
    const reached = before.filter(({ company, paid, life }) => {
      const last = life.episodes.at(-1);
      const chain = Number(company.id.slice(1)) % small.customers;
      if (!paid || life.sudden || last?.ending.kind !== "leaves" || last.episode.onset <= start) return false;
      return chains.size < chains.add(chain).size;
    });
    const contacts = new Map(
      reached.map(({ company, life }) => [company.id, life.episodes.at(-1)!.episode.onset + 20]),
    );
    const after = livePopulation(createWorld(small.definition, contacts), start + DAYS);
    const stayed = reached.filter((stay) => {
      const now = after.find(({ company, number }) => company.id === stay.company.id && number === stay.number)!;
      expect(now.life.episodes.slice(0, stay.life.episodes.length - 1)).toEqual(stay.life.episodes.slice(0, -1));
      expect(now.life.from).toBe(stay.life.from);
      return now.life.departsOn > stay.life.departsOn;
    });
    expect(reached.length).toBeGreaterThan(100);
    expect(stayed.length / reached.length).toBeGreaterThan(0.22);
    expect(stayed.length / reached.length).toBeLessThan(0.38);
  });

  it("is the same history however far it is lived", () => {
    const small = makeWorld({ customers: 200 });
    const begunBy = (stay: Stay) => stay.life.from < start + 100;
    const short = livePopulation(small, start + 200).filter(begunBy);
    const long = livePopulation(small, start + DAYS).filter(begunBy);
    expect(short).toEqual(long);
    expect(short.length).toBeGreaterThan(200);
  });
});

function monthlyDepartures(stays: readonly Stay[], start: number) {
  return Array.from({ length: 18 }, (_, month) => {
    const day = start + month * 30;
    const present = stays.filter(({ paid, life }) => paid && life.paidFrom < day && life.departsOn >= day);
    return { atRisk: present.length, departed: present.filter(({ life }) => life.departsOn < day + 30) };
  });
}

function share<T>(items: readonly T[], has: (item: T) => boolean): number {
  return items.filter(has).length / items.length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
