import { addDays, dayOf, type Zone } from "@/lib/calendar/weeks";
import type { SourceName } from "./definitions/expression";

/** What a compiled statement is given for one as-of. */
export type BuildMoment = {
  readonly viewId: number;
  readonly asOf: Date;
  readonly knownBy: Date;
  readonly dataCut: Date;
  readonly zone: Zone;
  /** Sources whose history reaches back over the longest window; the others' features have no value. */
  readonly covered: ReadonlySet<SourceName>;
};

/** A parameter of a compiled statement, by what it stands for; `instant:28` is as-of minus 28 calendar days. */
export type Parameter =
  | "viewId"
  | "asOf"
  | "knownBy"
  | "dataCut"
  | "zone"
  | `day:${number}`
  | `instant:${number}`
  | `covers:${SourceName}`;

/** Gives each parameter its placeholder, once. */
export type Bind = (parameter: Parameter) => string;

/** A new, empty list of parameters and the function that fills it. Placeholders carry their type, as Postgres wants it. */
export function startBinding(): { bind: Bind; parameters: Parameter[] } {
  const parameters: Parameter[] = [];
  const bind: Bind = (parameter) => {
    if (!parameters.includes(parameter)) parameters.push(parameter);
    return `$${parameters.indexOf(parameter) + 1}::${sqlType(parameter)}`;
  };
  return { bind, parameters };
}

/** The values of a statement's parameters for one as-of, in order. */
export function valuesFor(parameters: readonly Parameter[], moment: BuildMoment): unknown[] {
  return parameters.map((parameter) => {
    const [kind, detail] = parameter.split(":") as [string, string | undefined];
    switch (kind) {
      case "viewId":
        return moment.viewId;
      case "asOf":
        return moment.asOf;
      case "knownBy":
        return moment.knownBy;
      case "dataCut":
        return moment.dataCut;
      case "zone":
        return moment.zone;
      case "covers":
        return moment.covered.has(detail as SourceName);
      case "day":
        return dayOf(addDays(moment.asOf, -Number(detail), moment.zone), moment.zone);
      default:
        return addDays(moment.asOf, -Number(detail), moment.zone);
    }
  });
}

function sqlType(parameter: Parameter): string {
  const kind = parameter.split(":")[0] as string;
  return TYPES[kind] ?? "timestamptz";
}

const TYPES: Record<string, string> = { viewId: "integer", zone: "text", day: "date", covers: "boolean" };
