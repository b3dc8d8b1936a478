import type { CanonicalColumn } from "@/lib/ingest/contract";
import type { Format, Value } from "@/lib/ingest/mapping/contract";
import type { ColumnFinding } from "@/lib/mapping-proposals/contract";

/** A value that comes from one column of the file. */
export type ColumnValue = Extract<Value, { column: string }>;

export type FormatKind = Exclude<Format["kind"], "text">;

/** The formats that give what a canonical column takes; of several the likeliest first. */
export function formatKinds(column: CanonicalColumn): readonly FormatKind[] {
  switch (column.type) {
    case "timestamptz":
    case "date":
      return ["time"];
    case "integer":
      return column.name.endsWith("_cents") ? ["money", "number"] : ["number"];
    case "real":
      return ["number"];
    case "boolean":
      return ["boolean"];
    default:
      return [];
  }
}

/** A format of a kind as the column's texts ask for it, where that was found out; else the plainest. */
export function beginFormat(kind: FormatKind, finding: ColumnFinding | undefined): Format {
  const found = finding?.format;
  switch (kind) {
    case "time":
      return found?.kind === "time" ? found : { kind, forms: ["iso"] };
    case "boolean":
      return found?.kind === "boolean" ? found : { kind, yes: ["true"], no: ["false"] };
    default: {
      const signs = found?.kind === "number" ? found : { decimal: "." as const, thousands: "," as const };
      return { kind, decimal: signs.decimal, thousands: signs.thousands, negative: "refuse" };
    }
  }
}

/** A column just chosen for a canonical one, read as its texts ask for it. */
export function valueOfColumn(name: string, column: CanonicalColumn, finding: ColumnFinding | undefined): ColumnValue {
  const [kind] = formatKinds(column);
  if (kind === undefined || !finding?.format) return { column: name };
  const fits = finding.format.kind === kind || (kind === "money" && finding.format.kind === "number");
  return fits ? { column: name, format: beginFormat(kind, finding) } : { column: name };
}
