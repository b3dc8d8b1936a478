import { setImmediate as nextTurn } from "node:timers/promises";
import { drawContacts } from "./company";
import { type Contract, drawContract } from "./contract";
import { noise } from "./counter-noise";
import { type DayNumber, isoDay } from "./day-calendar";
import { badRowOn, hasRepeatedRow } from "./dirt";
import { FactFiles } from "./fact-files";
import {
  contactRow,
  customerRows,
  type FactFile,
  type FactRow,
  FILE_COLUMNS,
  paymentRow,
  subscriptionRow,
  ticketRow,
  usageFields,
} from "./fact-rows";
import { invoiceDueOn, LONGEST_INVOICE_DAYS, nextBillingDay } from "./payments";
import { livePopulation, type Stay } from "./population";
import { LONGEST_TICKET_DAYS, mayOpenTicket, ticketOpenedOn } from "./tickets";
import { type UsageDay, UsageMaker } from "./usage-day";
import type { World } from "./world";

export type WrittenFacts = {
  readonly rows: Readonly<Record<FactFile, number>>;
  /** Rows among them that the import must refuse, and that repeat another row. */
  readonly badRows: Readonly<Record<FactFile, number>>;
  readonly repeatedRows: Readonly<Record<FactFile, number>>;
};

const FILES = Object.keys(FILE_COLUMNS) as FactFile[];

const LANE = { late: 50, corrected: 51, missed: 52 } as const;
const LONGEST_USAGE_DELAY_DAYS = 5;

/**
 * Makes what the business gets to know as canonical CSV files, piece after piece. Pieces that follow one another make the
 * same files as one long piece, header aside: a fact goes into the export of the day on which it was recorded, in the
 * order of those days. Another simulation may go on where this one was left: it looks back as far as facts are known late.
 */
export class FactSimulation {
  readonly #world: World;
  readonly #exports: ExportDays;
  readonly #residents: readonly Resident[];
  #present: Resident[] = [];
  #arrived = 0;
  /** The day that is lived next; what is known of it is in the export of the day after. */
  #day: DayNumber;

  /**
   * @param args.after the export that was written last; null where nothing was
   * @param args.horizon the last export that will be asked for
   * @param args.ownerEmails whom `owner_email` may name
   */
  constructor(args: {
    world: World;
    after: DayNumber | null;
    horizon: DayNumber;
    ownerEmails: readonly string[];
  }) {
    const { world, after, horizon, ownerEmails } = args;
    const first = after === null ? world.historyFrom : after + 1;
    this.#world = world;
    this.#exports = new ExportDays({ world, first, horizon });
    this.#day = Math.max(world.historyFrom, first - 1 - LONGEST_INVOICE_DAYS);
    this.#residents = livePopulation(world, horizon)
      .filter(({ life }) => life.endsOn >= this.#day)
      .map((stay) => moveIn(stay, world));
    for (const resident of this.#residents) announce({ resident, world, exports: this.#exports, ownerEmails });
  }

  /**
   * Writes all exports after the last written one up to that of `until` into one folder.
   * @throws RangeError where `until` is beyond the horizon; the signal's reason when aborted
   */
  async write(args: {
    directory: string;
    until: DayNumber;
    onProgress?: (fraction: number) => void;
    signal?: AbortSignal;
  }): Promise<WrittenFacts> {
    const { until, onProgress, signal } = args;
    const exports = this.#exports;
    if (until > exports.horizon) throw new RangeError(`until is ${until}; expected at most ${exports.horizon}`);
    const dayFrom = this.#day;
    const files = new FactFiles(args.directory);
    exports.bad.clear();
    exports.repeated.clear();
    try {
      if (exports.first === this.#world.historyFrom && dayFrom === exports.first) exports.write(dayFrom, files, []);
      while (this.#day < until) {
        this.#live(files);
        if (this.#day % 7 !== 1) continue;
        onProgress?.((this.#day - dayFrom) / (until - dayFrom));
        await nextTurn();
        signal?.throwIfAborted();
      }
    } finally {
      files.close();
    }
    return {
      rows: perFile((file) => files.rows(file)),
      badRows: perFile((file) => exports.bad.get(file) ?? 0),
      repeatedRows: perFile((file) => exports.repeated.get(file) ?? 0),
    };
  }

  #live(files: FactFiles): void {
    const day = this.#day++;
    while ((this.#residents[this.#arrived]?.stay.life.from ?? Number.POSITIVE_INFINITY) <= day)
      this.#present.push(this.#residents[this.#arrived++]!);
    if (day % 7 === 0) this.#present = this.#present.filter(({ stay }) => stay.life.endsOn > day);
    const args = { present: this.#present, day, world: this.#world, exports: this.#exports };
    if (day >= this.#exports.first - 1 - LONGEST_TICKET_DAYS) openTickets(args);
    issueInvoices(args);
    const usage = recordUsage(args);
    if (day + 1 >= this.#exports.first) this.#exports.write(day + 1, files, usage);
  }
}

/** A stay with what is made for it day by day. */
type Resident = {
  readonly stay: Stay;
  /** The company's, at hand: the loops over days and residents are what takes the time. */
  readonly noiseKey: number;
  readonly contract: Contract;
  readonly usage: UsageMaker;
  billing: { day: DayNumber; number: number } | null;
};

function moveIn(stay: Stay, world: World): Resident {
  const contract = drawContract(stay, world);
  const usage = new UsageMaker(stay, contract.terms, world);
  return { stay, noiseKey: stay.company.noiseKey, contract, usage, billing: { day: -1, number: -1 } };
}

// What is known of the stay as a whole goes to the days on which it was recorded.
function announce(args: {
  resident: Resident;
  world: World;
  exports: ExportDays;
  ownerEmails: readonly string[];
}): void {
  const { resident, world, exports, ownerEmails } = args;
  const { stay, contract } = resident;
  const customerId = stay.company.id;
  for (const row of customerRows({ stay, contract, world, ownerEmails })) exports.add("customers", row);
  for (const [index, event] of contract.events.entries())
    exports.add("subscription_events", subscriptionRow({ stay, event, number: index + 1, world }));
  if (!stay.introduces) return;
  const recordedMs = world.calendar.midnightMs(stay.signedUpOn) + 9 * 3_600_000;
  if (world.calendar.exportClosesMs(exports.first - 1) > recordedMs && exports.first > world.historyFrom) return;
  for (const contact of drawContacts({ seed: world.seed, company: stay.company }))
    exports.add("contacts", { recordedMs, line: () => contactRow({ contact, customerId }) });
}

type DayArgs = { present: readonly Resident[]; day: DayNumber; world: World; exports: ExportDays };

function openTickets({ present, day, world, exports }: DayArgs): void {
  for (const { stay, noiseKey } of present) {
    if (!mayOpenTicket(noiseKey, day)) continue;
    for (const event of ticketOpenedOn(stay, day, world))
      exports.add("tickets", ticketRow({ event, customerId: stay.company.id, world }));
  }
}

function issueInvoices({ present, day, world, exports }: DayArgs): void {
  for (const resident of present) {
    if (resident.billing === null) continue;
    if (resident.billing.day < day) resident.billing = nextBillingDay(resident.stay, day);
    if (resident.billing?.day !== day) continue;
    const { stay, contract, billing } = resident;
    for (const event of invoiceDueOn({ stay, contract, day, number: billing.number, world }))
      exports.add("payments", paymentRow({ event, customerId: stay.company.id, world }));
  }
}

// The day's rows for the next export; late ones and corrections go to the exports of the days after.
function recordUsage({ present, day, world, exports }: DayArgs): string[] {
  const { usageRows, correctedRows } = world.parameters.late;
  const lines: string[] = [];
  const dayText = isoDay(day);
  const onTime = world.calendar.exportedAt(day + 1);
  const wanted = day + 1 >= exports.first;
  const mayArrive = day + 1 + LONGEST_USAGE_DELAY_DAYS >= exports.first;
  if (!mayArrive) return lines;
  for (const { stay, usage, noiseKey: key } of present) {
    const late = noise(key, day, LANE.late);
    const isLate = late < usageRows;
    const corrected = isLate ? 1 : noise(key, day, LANE.corrected);
    const isCorrected = corrected < correctedRows;
    if (!wanted && !isLate && !isCorrected) continue;
    const made = usage.on(day);
    if (made === null) continue;
    const about = `${stay.company.id},${dayText}`;
    if (!isLate) {
      const counted = isCorrected ? partOf(made, noise(key, day, LANE.missed)) : made;
      lines.push(`${about},${usageFields(counted)},${onTime}`);
    }
    if (!isLate && !isCorrected) continue;
    const share = isLate ? late / usageRows : corrected / correctedRows;
    const exportDay = day + 2 + Math.floor(share * LONGEST_USAGE_DELAY_DAYS);
    const recordedAt = world.calendar.exportedAt(exportDay);
    exports.addLine("usage", exportDay, `${about},${usageFields(made)},${recordedAt}`);
  }
  return lines;
}

/** What a first, incomplete count of the day had seen. */
function partOf(usage: UsageDay, missed: number): UsageDay {
  const kept = 0.4 + 0.5 * missed;
  const part = (count: number) => Math.floor(count * kept);
  return {
    activeUsers: Math.max(1, part(usage.activeUsers)),
    sessions: Math.max(1, part(usage.sessions)),
    tasks: part(usage.tasks),
    comments: part(usage.comments),
    projects: part(usage.projects),
    files: part(usage.files),
    reports: part(usage.reports),
    integrations: part(usage.integrations),
    exports: part(usage.exports),
  };
}

type WaitingRow = { readonly recordedMs: number; readonly line: string };

/** Rows that wait for the export of their day. */
class ExportDays {
  readonly first: DayNumber;
  readonly horizon: DayNumber;
  readonly bad = new Map<FactFile, number>();
  readonly repeated = new Map<FactFile, number>();
  readonly #world: World;
  readonly #rows = new Map<DayNumber, Map<FactFile, WaitingRow[]>>();

  constructor(args: { world: World; first: DayNumber; horizon: DayNumber }) {
    this.#world = args.world;
    this.first = args.first;
    this.horizon = args.horizon;
  }

  add(file: FactFile, row: FactRow): void {
    const day = Math.max(this.#world.historyFrom, this.#world.calendar.exportDayOf(row.recordedMs));
    if (this.#takes(day)) this.#put(file, day, { recordedMs: row.recordedMs, line: row.line() });
  }

  addLine(file: FactFile, day: DayNumber, line: string): void {
    if (this.#takes(day)) this.#put(file, day, { recordedMs: 0, line });
  }

  /** Writes the export of one day: `usage` first, then what waited for it, with the day's dirt. */
  write(day: DayNumber, files: FactFiles, usage: readonly string[]): void {
    const waiting = this.#rows.get(day);
    this.#rows.delete(day);
    for (const file of FILES) {
      const rows = waiting?.get(file) ?? [];
      rows.sort((a, b) => a.recordedMs - b.recordedMs);
      const lines = rows.map(({ line }) => line);
      const all = file === "usage" && usage.length > 0 ? usage.concat(lines) : lines;
      if (day > this.#world.historyFrom) this.#soil(file, day, all);
      files.append(file, all);
    }
  }

  #soil(file: FactFile, day: DayNumber, lines: string[]): void {
    const goodLine = lines[0];
    const bad = badRowOn({ world: this.#world, file, day, goodLine });
    if (goodLine !== undefined && hasRepeatedRow({ world: this.#world, file, day })) {
      lines.push(goodLine);
      this.repeated.set(file, (this.repeated.get(file) ?? 0) + 1);
    }
    if (bad === null) return;
    lines.push(bad);
    this.bad.set(file, (this.bad.get(file) ?? 0) + 1);
  }

  #takes(day: DayNumber): boolean {
    return day >= this.first && day <= this.horizon;
  }

  #put(file: FactFile, day: DayNumber, row: WaitingRow): void {
    const files = this.#rows.get(day) ?? new Map<FactFile, WaitingRow[]>();
    this.#rows.set(day, files);
    const rows = files.get(file);
    if (rows) rows.push(row);
    else files.set(file, [row]);
  }
}

function perFile(count: (file: FactFile) => number): Record<FactFile, number> {
  return Object.fromEntries(FILES.map((file) => [file, count(file)])) as Record<FactFile, number>;
}
