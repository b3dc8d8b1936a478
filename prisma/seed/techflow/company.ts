import { drawNormal } from "@/ml/random/distributions";
import { createRandom, type Random } from "@/ml/random/random";
import type { Plan, TechflowParameters } from "./parameters";

/** A customer's lasting traits. All but the names shape what it does; nothing here changes over time. */
export type Company = {
  /** Id in the source system, and the place in the population: chain and generation. */
  readonly id: string;
  readonly name: string;
  readonly accountGroup: string;
  readonly industry: string;
  readonly country: string;
  readonly owner: number;
  readonly plan: Plan;
  readonly seats: number;
  readonly termMonths: 1 | 12;
  readonly discountPercent: number;
  readonly discountMonths: number;
  readonly trial: boolean;
  readonly habits: UsageHabits;
  /** Key of the noise that makes its days. */
  readonly noiseKey: number;
};

/** How a healthy company uses the product: share of seats in use on a working day and counts per active user and day. */
export type UsageHabits = {
  readonly seatShare: number;
  readonly rampDays: number;
  readonly sessions: number;
  readonly tasks: number;
  readonly comments: number;
  readonly projects: number;
  readonly files: number;
  readonly reports: number;
  readonly integrations: number;
  readonly exports: number;
  /** Slow swing of the level: height, and where in it the company is. */
  readonly swing: number;
  readonly phase: number;
  readonly paysByCard: boolean;
};

export type Contact = {
  readonly id: string;
  readonly fullName: string;
  readonly email: string;
  readonly phone: string;
  readonly jobTitle: string;
  readonly isPrimary: boolean;
};

export const CSM_COUNT = 5;

const INDUSTRIES = ["software", "agency", "manufacturing", "health", "education", "finance", "retail", "nonprofit"];
const COUNTRIES = ["US", "US", "US", "US", "US", "CA", "CA", "GB", "AU", "DE"];
const NAME_STARTS =
  "Alder Amber Arrow Aspen Beacon Birch Blue Bright Cedar Clear Copper Coral Crest Dawn Delta Drift East Echo Elm Ember Fern Field Flint Forge Fox Glen Gold Granite Grove Harbor Haven Hazel High Iron Ivy Juniper Keel Lake Lark Laurel Lime Linden Lumen Maple Marble Meadow Mill Mint Moss North Oak Olive Onyx Opal Orchard Pearl Pine Plum Prairie Quarry Quill Rapid Raven Reed Ridge River Robin Rowan Sage Salt Silver Slate South Spruce Stone Summit Swift Teal Thistle Timber True Umber Vale Velvet Violet West Willow Wren".split(
    " ",
  );
const NAME_ENDS =
  "bridge brook crest dale field ford gate grove hill house lane light line mark path peak point port side stone view ward water way well wood works yard".split(
    " ",
  );
const NAME_KINDS = [
  "Labs",
  "Studio",
  "Group",
  "Systems",
  "Partners",
  "Logistics",
  "Health",
  "Foods",
  "Media",
  "Legal",
  "Design",
  "Robotics",
  "Energy",
  "Travel",
  "Tools",
  "Learning",
  "Supply",
  "Analytics",
  "& Co",
  "Works",
];
const FIRST_NAMES =
  "Ada Ben Carla Dev Elena Farid Grace Hugo Ines Jonas Kira Leo Maya Noor Omar Priya Quinn Rosa Sami Tara Uma Victor Wendy Xavier Yara Zoe Aiko Bruno Chloe Dario Edith Felix Gita Henry Iris Jamal Kofi Lena Marco Nadia".split(
    " ",
  );
const LAST_NAMES =
  "Abbott Baker Castillo Dahl Ekman Fischer Grant Hughes Ito Jensen Keller Larsen Moreno Novak Okafor Patel Quist Romero Sato Turner Ueda Vargas Weber Xu Young Zeller Ahmed Brandt Cohen Diaz Egan Ferrari Gomez Haas Ivanov Joshi Klein Lopez Meyer Ndiaye".split(
    " ",
  );
const JOB_TITLES = [
  "Operations Manager",
  "Head of IT",
  "Office Manager",
  "Project Lead",
  "Founder",
  "COO",
  "Finance Manager",
  "Team Lead",
];

/** Draws the company at a place of the population; the same place of the same world is always the same company. */
export function drawCompany(args: {
  seed: string;
  id: string;
  parameters: TechflowParameters;
  mayTry: boolean;
}): Company {
  const { seed, id, parameters } = args;
  const random = createRandom(`${seed}/company/${id}`);
  const plan = drawPlan(random, parameters.plans);
  const { logMean, logDeviation, most } = parameters.seats;
  const drawnSeats = Math.round(plan.seatsFactor * Math.exp(logMean + logDeviation * drawNormal(random)));
  const discounted = random.next() < parameters.discount.share;
  return {
    id,
    name: drawName(random),
    accountGroup: random.next() < 0.03 ? `G${String(random.nextInt(400) + 1).padStart(3, "0")}` : "",
    industry: pick(random, INDUSTRIES),
    country: pick(random, COUNTRIES),
    owner: random.nextInt(CSM_COUNT),
    plan,
    seats: Math.min(most, Math.max(1, drawnSeats)),
    termMonths: random.next() < parameters.yearlyShare ? 12 : 1,
    discountPercent: discounted ? pick(random, parameters.discount.percents) : 0,
    discountMonths: pick(random, parameters.discount.months),
    trial: random.next() < parameters.trial.convertedShare && args.mayTry,
    habits: drawHabits(random, parameters),
    noiseKey: random.nextUint32(),
  };
}

function drawHabits(random: Random, parameters: TechflowParameters): UsageHabits {
  const between = ([low, high]: readonly [number, number]) => low + (high - low) * random.next();
  const spread = (mean: number) => mean * Math.exp(0.45 * drawNormal(random) - 0.1);
  // A kind of use that a company has not taken up stays at zero.
  const adopted = (share: number, mean: number) => (random.next() < share ? spread(mean) : 0);
  return {
    seatShare: between(parameters.usage.seatShare),
    rampDays: Math.round(between(parameters.usage.rampDays)),
    sessions: 1 + spread(0.9),
    tasks: spread(4.5),
    comments: adopted(0.92, 2.6),
    projects: spread(0.8),
    files: adopted(0.8, 1.1),
    reports: adopted(0.55, 0.3),
    integrations: adopted(0.5, 2),
    exports: adopted(0.6, 0.09),
    swing: 0.12 * random.next(),
    phase: random.next(),
    paysByCard: random.next() < 0.8,
  };
}

function drawPlan(random: Random, plans: readonly Plan[]): Plan {
  let left = random.next();
  for (const plan of plans) {
    left -= plan.share;
    if (left < 0) return plan;
  }
  return plans[plans.length - 1]!;
}

function drawName(random: Random): string {
  const stem = `${pick(random, NAME_STARTS)}${random.next() < 0.75 ? pick(random, NAME_ENDS) : ""}`;
  return `${stem} ${pick(random, NAME_KINDS)}`;
}

/** The people of a company, apart from it: few ask for them. The same company always has the same people. */
export function drawContacts(args: { seed: string; company: Company }): Contact[] {
  const { id, name } = args.company;
  const random = createRandom(`${args.seed}/contacts/${id}`);
  const domain = `${name.toLowerCase().replace(/[^a-z]/g, "")}-${id.toLowerCase()}.example`;
  return Array.from({ length: 1 + random.nextInt(3) }, (_, index) => {
    const first = pick(random, FIRST_NAMES);
    const last = pick(random, LAST_NAMES);
    return {
      id: `${id}-P${index + 1}`,
      fullName: `${first} ${last}`,
      email: `${first}.${last}@${domain}`.toLowerCase(),
      phone: `+1 555 01${String(random.nextInt(100)).padStart(2, "0")} ${String(random.nextInt(10_000)).padStart(4, "0")}`,
      jobTitle: pick(random, JOB_TITLES),
      isPrimary: index === 0,
    };
  });
}

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[random.nextInt(choices.length)]!;
}
