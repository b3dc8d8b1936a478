"use client";

import { useId } from "react";
import { Input, Select } from "@/components/ui/input";
import type { CanonicalColumn } from "@/lib/ingest/contract";
import type { Value } from "@/lib/ingest/mapping/contract";
import type { ColumnValue } from "./column-value";

type Props = {
  column: CanonicalColumn;
  value: ColumnValue;
  /** Words of the sample. */
  words: readonly string[];
  onChange: (value: Value) => void;
};

/** The file's words and what each becomes. */
export function WordFields({ column, value, words, onChange }: Props) {
  const isList = column.words.length > 0;
  const translated = value.words ?? {};
  const isTime = column.type === "timestamptz" || column.type === "date";
  if (!isList && !value.words) {
    if (isTime || column.type === "boolean" || words.length === 0) return null;
    return (
      <button
        type="button"
        className="text-sm text-accent-text underline"
        onClick={() => onChange({ ...value, words: {} })}
      >
        Translate words
      </button>
    );
  }
  const shown = [...new Set([...words.map((word) => word.trim().toLowerCase()), ...Object.keys(translated)])];
  const set = (word: string, to: string) => {
    const { [word]: _old, ...others } = translated;
    const next = to === "" ? others : { ...others, [word]: to };
    const { words: _words, ...rest } = value;
    onChange(Object.keys(next).length === 0 ? rest : { ...rest, words: next });
  };
  const setOther = (to: string) => {
    const { otherWord: _old, ...rest } = value;
    onChange(to === "" ? rest : { ...rest, otherWord: to });
  };
  return (
    <fieldset className="space-y-1.5">
      <legend className="mb-1 text-xs text-muted">Words of the file, and what each means</legend>
      {shown.map((word) => (
        <WordRow
          key={word}
          label={word}
          column={column}
          to={translated[word] ?? ""}
          nothing={!value.words && column.words.includes(word) ? "as it stands" : "to quarantine"}
          onChange={(to) => set(word, to)}
        />
      ))}
      <WordRow
        label="(any other word)"
        column={column}
        to={value.otherWord ?? ""}
        nothing="to quarantine"
        onChange={setOther}
      />
    </fieldset>
  );
}

function WordRow(props: {
  label: string;
  column: CanonicalColumn;
  to: string;
  nothing: string;
  onChange: (to: string) => void;
}) {
  const { label, column, to, nothing, onChange } = props;
  const id = useId();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-2">
      <label htmlFor={id} className="truncate font-mono text-xs text-ink" title={label}>
        {label}
      </label>
      <span aria-hidden>→</span>
      {column.words.length === 0 ? (
        <Input
          id={id}
          value={to}
          placeholder={nothing}
          maxLength={400}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Select id={id} value={to} onChange={(event) => onChange(event.target.value)}>
          <option value="">{nothing}</option>
          {column.words.map((known) => (
            <option key={known}>{known}</option>
          ))}
        </Select>
      )}
    </div>
  );
}
