/** How clearly a leaving customer's decline shows in the data. */
export type Signal = "low" | "medium" | "high";

export const SIGNALS: readonly Signal[] = ["low", "medium", "high"];

/** A plan of TechFlow's price list. Prices are cents per seat and month. */
export type Plan = {
  readonly name: string;
  /** List price before and from the price change. */
  readonly priceBeforeCents: number;
  readonly priceCents: number;
  /** Share of new customers that choose it. */
  readonly share: number;
  /** How much more (> 1) or less often its customers begin to leave. */
  readonly onsetFactor: number;
  /** Its customers' seats, as a factor on the overall distribution. */
  readonly seatsFactor: number;
};

/**
 * Everything that shapes TechFlow. Rates are per customer; a month is 30.44 days. The figures of leaving make an
 * observer of the hidden state reach about AUC .95, precision .86 and recall .68 at 0.7.
 */
export type TechflowParameters = {
  readonly plans: readonly Plan[];
  /** Seats of a new customer: exp(normal(logMean, logDeviation)), rounded, from 1 to `most`. */
  readonly seats: { readonly logMean: number; readonly logDeviation: number; readonly most: number };
  /** Share of customers with yearly terms. */
  readonly yearlyShare: number;
  /** Day after the start of history on which the list prices change. */
  readonly priceChangeDay: number;
  readonly discount: {
    readonly share: number;
    readonly percents: readonly number[];
    readonly months: readonly number[];
  };
  readonly trial: {
    readonly days: number;
    /** Share of paying customers that came through a trial. */
    readonly convertedShare: number;
    /** Trials that never pay, per new customer. */
    readonly failedPerSignUp: number;
  };
  readonly leaving: {
    /** Mean days from being healthy to the onset of a leaving episode, for customers with monthly terms. */
    readonly meanDaysToOnset: number;
    /** No onset before this many days of paying. */
    readonly honeymoonDays: number;
    /** Chance that a yearly customer enters an episode that aims at a given term end. */
    readonly onsetPerYearlyTerm: number;
    /** Days from onset to the exit, or to the turn where the customer recovers: normal, rounded, cut at both ends. */
    readonly exitDays: {
      readonly mean: number;
      readonly deviation: number;
      readonly least: number;
      readonly most: number;
    };
    /** Share of episodes that end in recovery without any outreach. */
    readonly recoveringShare: number;
    /** Share of the episodes otherwise ending in departure that outreach turns into recovery. */
    readonly outreachSavesShare: number;
    /** Departures without any sign, per month. */
    readonly suddenPerMonth: number;
    /** Share of departures by lapse: payments stop and coverage ends without a notice. */
    readonly lapseShare: number;
    readonly suddenLapseShare: number;
    /** Share of recovering customers that first give notice and withdraw it. */
    readonly withdrawnNoticeShare: number;
    /** Day of an episode from which a customer who will lapse no longer pays. */
    readonly paymentStopDay: number;
    /** Days in which a recovered customer is back at the old level. */
    readonly recoveryDays: number;
  };
  /** Healthy events per month: seats up, seats down, up to a higher plan, down to a lower, a short lapse by mistake. */
  readonly monthly: {
    readonly seatsUp: number;
    readonly seatsDown: number;
    readonly planUp: number;
    readonly planDown: number;
    readonly shortLapse: number;
  };
  /** Share of departed customers that come back after `days`. */
  readonly returning: { readonly share: number; readonly leastDays: number; readonly mostDays: number };
  /** Days from a departure to the sign-up that takes its place, least and most: the number of customers stays level. */
  readonly replacementDays: readonly [number, number];
  readonly usage: {
    /** Share of a customer's seats in use on a working day: from .. to across customers. */
    readonly seatShare: readonly [number, number];
    /** The same on a Saturday or Sunday, as a factor. */
    readonly weekendFactor: number;
    /** Days until a new customer uses the product fully. */
    readonly rampDays: readonly [number, number];
    /** Chance that a healthy customer's week is quiet (vacation, closing), out of season and in it. */
    readonly quietWeek: number;
    readonly quietWeekInSeason: number;
    /** Chance of a lull of some weeks in each six, without any meaning. */
    readonly lull: number;
    /** Standard deviation of the logarithm of the level from week to week. */
    readonly weekNoise: number;
  };
  /** Support tickets per month of a customer with five seats, and the share of resolved ones that are rated. */
  readonly tickets: { readonly perMonth: number; readonly ratedShare: number };
  /** Share of invoices that fail or are late for a healthy customer. */
  readonly payments: { readonly failed: number; readonly late: number; readonly refunded: number };
  /** Share of usage rows that arrive days late, and that are corrected later. */
  readonly late: { readonly usageRows: number; readonly correctedRows: number; readonly events: number };
  /** Chance per day and file of one row that the import must refuse, and of one row sent twice. */
  readonly dirt: { readonly badRowPerDay: number; readonly repeatedRowPerDay: number };
};

export const TECHFLOW_PARAMETERS: TechflowParameters = {
  plans: [
    { name: "Starter", priceBeforeCents: 2800, priceCents: 3000, share: 0.32, onsetFactor: 1.2, seatsFactor: 0.85 },
    { name: "Team", priceBeforeCents: 4800, priceCents: 5000, share: 0.58, onsetFactor: 0.95, seatsFactor: 1 },
    { name: "Business", priceBeforeCents: 7600, priceCents: 8000, share: 0.1, onsetFactor: 0.75, seatsFactor: 1.25 },
  ],
  seats: { logMean: 1.17, logDeviation: 0.88, most: 150 },
  yearlyShare: 0.12,
  priceChangeDay: 280,
  discount: { share: 0.15, percents: [10, 15, 20], months: [6, 12] },
  trial: { days: 14, convertedShare: 0.5, failedPerSignUp: 0.25 },
  leaving: {
    meanDaysToOnset: 348,
    honeymoonDays: 30,
    onsetPerYearlyTerm: 0.4,
    exitDays: { mean: 60, deviation: 8, least: 32, most: 90 },
    recoveringShare: 0.1,
    outreachSavesShare: 0.3,
    suddenPerMonth: 0.006,
    lapseShare: 0.25,
    suddenLapseShare: 0.15,
    withdrawnNoticeShare: 0.4,
    paymentStopDay: 24,
    recoveryDays: 21,
  },
  monthly: { seatsUp: 0.03, seatsDown: 0.012, planUp: 0.004, planDown: 0.002, shortLapse: 0.002 },
  returning: { share: 0.04, leastDays: 20, mostDays: 75 },
  replacementDays: [-9, 6],
  usage: {
    seatShare: [0.55, 0.92],
    weekendFactor: 0.11,
    rampDays: [14, 42],
    quietWeek: 0.02,
    quietWeekInSeason: 0.06,
    lull: 0.05,
    weekNoise: 0.1,
  },
  tickets: { perMonth: 0.42, ratedShare: 0.45 },
  payments: { failed: 0.025, late: 0.12, refunded: 0.002 },
  late: { usageRows: 0.012, correctedRows: 0.006, events: 0.03 },
  dirt: { badRowPerDay: 0.12, repeatedRowPerDay: 0.12 },
};

/** What a fully developed decline takes away, as shares; exports and tickets grow instead. */
export type Decline = {
  /** Of the share of seats in use. */
  readonly activeUsers: number;
  /** Of what each active user does. */
  readonly intensity: number;
  /** Chance that a kind of use stops altogether in the course of an episode. */
  readonly breadth: number;
  /** Factors added to exports and to tickets at the end of the ramp. */
  readonly exports: number;
  readonly tickets: number;
  /** Chance of a seat cut in an episode. */
  readonly seatCut: number;
  /** Added chance that an invoice fails or is late at the end of the ramp. */
  readonly payments: number;
};

export const DECLINE_BY_SIGNAL: Readonly<Record<Signal, Decline>> = {
  low: { activeUsers: 0.3, intensity: 0.25, breadth: 0.15, exports: 0.6, tickets: 0.7, seatCut: 0.15, payments: 0.06 },
  medium: { activeUsers: 0.68, intensity: 0.6, breadth: 0.4, exports: 2, tickets: 1.5, seatCut: 0.3, payments: 0.15 },
  high: { activeUsers: 0.85, intensity: 0.75, breadth: 0.6, exports: 3, tickets: 2.5, seatCut: 0.4, payments: 0.25 },
};

/** Days of an episode until the decline is complete. It depends on the onset alone, so that no sign tells the exit's day. */
export const DECLINE_RAMP_DAYS = 62;
