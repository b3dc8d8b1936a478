"use client";

import { useState } from "react";
import { Input, Select } from "@/components/ui/input";
import type { CanonicalColumn } from "@/lib/ingest/contract";
import type { Value } from "@/lib/ingest/mapping/contract";
import type { ColumnFinding } from "@/lib/mapping-proposals/contract";
import { beginFormat, type ColumnValue, type FormatKind, formatKinds } from "./column-value";
import { FormatFields } from "./format-fields";
import { Labelled } from "./labelled";
import { WordFields } from "./word-fields";

/** How the texts of a column are read: the format that fits the canonical column's type, and words to translate. */
export function ReadingFields({
  column,
  value,
  header,
  finding,
  onChange,
}: {
  column: CanonicalColumn;
  value: ColumnValue;
  header: readonly string[];
  finding: ColumnFinding | undefined;
  onChange: (value: Value) => void;
}) {
  const kinds = formatKinds(column);
  // Shown open where there is something to check; from then on it is as the person leaves it.
  const [open] = useState(value.format !== undefined || value.words !== undefined);
  const plain = !value.format && !value.words && value.whenEmpty === undefined;
  return (
    <details
      open={open || undefined}
      className="text-sm open:rounded-md open:border open:border-line open:px-2.5 open:py-1.5"
    >
      <summary className="cursor-pointer text-muted">{plain ? "Read as it stands" : "How it is read"}</summary>
      <div className="mt-2 space-y-2">
        {kinds.length > 0 && (
          <Select
            aria-label={`How ${value.column} is read for ${column.name}`}
            value={value.format?.kind ?? "plain"}
            onChange={(event) => {
              const { format: _old, ...rest } = value;
              const kind = kinds.find((known) => known === event.target.value);
              onChange(kind ? { ...rest, format: beginFormat(kind, finding) } : rest);
            }}
          >
            <option value="plain">As it stands</option>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {KIND_LABELS[kind]}
              </option>
            ))}
          </Select>
        )}
        {value.format && (
          <FormatFields format={value.format} header={header} onChange={(format) => onChange({ ...value, format })} />
        )}
        <WordFields column={column} value={value} words={finding?.words ?? []} onChange={onChange} />
        <Labelled label="Where the field is empty">
          {(control) => (
            <Input
              {...control}
              value={value.whenEmpty ?? ""}
              maxLength={400}
              placeholder="no value"
              onChange={(event) => {
                const { whenEmpty: _old, ...rest } = value;
                onChange(event.target.value === "" ? rest : { ...rest, whenEmpty: event.target.value });
              }}
            />
          )}
        </Labelled>
      </div>
    </details>
  );
}

const KIND_LABELS: Readonly<Record<FormatKind, string>> = {
  time: "Dates and times",
  money: "Money, which becomes cents",
  number: "Numbers",
  boolean: "Yes or no",
};
