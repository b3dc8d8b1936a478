"use client";

import { Input, Select } from "@/components/ui/input";
import type { CanonicalColumn } from "@/lib/ingest/contract";
import type { Value } from "@/lib/ingest/mapping/contract";
import type { ColumnFinding } from "@/lib/mapping-proposals/contract";
import { valueOfColumn } from "./column-value";
import { CustomerInFields } from "./customer-in-fields";
import { ReadingFields } from "./reading-fields";

const HOURS_DEFAULT = 24;

type Props = {
  id: string;
  column: CanonicalColumn;
  value: Value | null;
  header: readonly string[];
  /** What was found out about the columns of the sample, where there is one. */
  findings: readonly ColumnFinding[];
  describedBy: string;
  invalid: boolean;
  onChange: (value: Value | null) => void;
};

/** Where one canonical column comes from: a column, a fixed text, several together, or what else it can be derived from. */
export function ValueEditor({ id, column, value, header, findings, describedBy, invalid, onChange }: Props) {
  const control = { "aria-describedby": describedBy, "aria-invalid": invalid || undefined };
  return (
    <div className="min-w-0 space-y-2">
      <Select
        id={id}
        value={choiceOf(value)}
        onChange={(event) => {
          const chosen = header.find((name) => event.target.value === `column:${name}`);
          const finding = findings.find(({ name }) => name === chosen);
          onChange(chosen === undefined ? begin(event.target.value, header) : valueOfColumn(chosen, column, finding));
        }}
        {...control}
      >
        <option value="nothing">{column.required ? "— choose —" : "Nothing"}</option>
        <optgroup label="Column of the file">
          {header.map((name) => (
            <option key={name} value={`column:${name}`}>
              {name}
            </option>
          ))}
          {value && "column" in value && !header.includes(value.column) && (
            <option value={`column:${value.column}`}>{value.column} (not in the file)</option>
          )}
        </optgroup>
        <optgroup label="Otherwise">
          <option value="constant">A fixed text</option>
          <option value="template">Several columns together</option>
          {column.name === "customer_id" && <option value="subscription">Customer of a subscription</option>}
          {column.name === "customer_id" && <option value="file">Customer named by another file</option>}
          {column.name === "recorded_at" && <option value="lag">Some hours after it happened</option>}
        </optgroup>
      </Select>
      {value && <Details {...{ id, column, value, header, findings, onChange }} />}
    </div>
  );
}

function Details({
  id,
  column,
  value,
  header,
  findings,
  onChange,
}: Omit<Props, "describedBy" | "invalid" | "value"> & { value: Value }) {
  if ("constant" in value) {
    const label = `Fixed text for ${column.name}`;
    if (column.words.length > 0) {
      return (
        <Select
          aria-label={label}
          value={value.constant}
          onChange={(event) => onChange({ constant: event.target.value })}
        >
          {!column.words.includes(value.constant) && (
            <option value={value.constant}>{value.constant || "— choose —"}</option>
          )}
          {column.words.map((word) => (
            <option key={word}>{word}</option>
          ))}
        </Select>
      );
    }
    return (
      <Input
        aria-label={label}
        value={value.constant}
        maxLength={400}
        onChange={(event) => onChange({ constant: event.target.value })}
      />
    );
  }
  if ("template" in value) {
    return (
      <>
        <Input
          aria-label={`Text with columns for ${column.name}`}
          aria-describedby={`${id}-template`}
          value={value.template}
          maxLength={400}
          onChange={(event) => onChange({ template: event.target.value })}
        />
        <p id={`${id}-template`} className="text-xs text-faint">
          Columns stand in braces: {"{"}
          {header[0]}
          {"}"}-start
        </p>
      </>
    );
  }
  if ("customerOfSubscription" in value) {
    return (
      <Select
        aria-label="Column that names the subscription"
        value={value.customerOfSubscription}
        onChange={(event) => onChange({ customerOfSubscription: event.target.value })}
      >
        {header.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
    );
  }
  if ("customerIn" in value) return <CustomerInFields {...{ customerIn: value.customerIn, header, onChange }} />;
  if ("lagHours" in value) {
    return (
      <Input
        type="number"
        min={0}
        max={24 * 366}
        aria-label="Hours after it happened"
        value={String(value.lagHours)}
        onChange={(event) => onChange({ lagHours: Number(event.target.value) })}
      />
    );
  }
  return (
    <ReadingFields
      column={column}
      value={value}
      header={header}
      finding={findings.find(({ name }) => name === value.column)}
      onChange={onChange}
    />
  );
}

function choiceOf(value: Value | null): string {
  if (value === null) return "nothing";
  if ("column" in value) return `column:${value.column}`;
  if ("constant" in value) return "constant";
  if ("template" in value) return "template";
  if ("customerIn" in value) return "file";
  return "lagHours" in value ? "lag" : "subscription";
}

function begin(choice: string, header: readonly string[]): Value | null {
  switch (choice) {
    case "constant":
      return { constant: "" };
    case "template":
      return { template: `{${header[0] ?? ""}}` };
    case "subscription":
      return { customerOfSubscription: header.find((name) => /subscription/i.test(name)) ?? header[0] ?? "" };
    case "file":
      return { customerIn: { column: header[0] ?? "", file: "", key: "", customer: "" } };
    case "lag":
      return { lagHours: HOURS_DEFAULT };
    default:
      return null;
  }
}
