"use client";

import { Input, Select, Textarea } from "@/components/ui/input";
import type { Format } from "@/lib/ingest/mapping/contract";
import { Labelled } from "./labelled";

const FORMS_MAX = 10;
const DECIMALS = { ".": "point", ",": "comma" } as const;
const THOUSANDS = { ",": "comma", ".": "point", " ": "blank", "'": "apostrophe", "": "none" } as const;
const NEGATIVES = { refuse: "go to quarantine", absolute: "are taken without their sign" } as const;

type Props<F extends Format = Format> = {
  format: F;
  header: readonly string[];
  onChange: (format: Format) => void;
};

/** The parts of one format. */
export function FormatFields({ format, ...rest }: Props) {
  switch (format.kind) {
    case "time":
      return <TimeFields format={format} {...rest} />;
    case "boolean":
      return <BooleanFields format={format} {...rest} />;
    case "text":
      return null;
    default:
      return <AmountFields format={format} {...rest} />;
  }
}

function TimeFields({ format, onChange }: Props<Extract<Format, { kind: "time" }>>) {
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Labelled
        label="Written as, one form a line"
        hint="iso, epoch-seconds, epoch-milliseconds, or a pattern such as dd.MM.yyyy HH:mm"
      >
        {(control) => (
          <Textarea
            {...control}
            className="min-h-16 font-mono"
            value={format.forms.join("\n")}
            onChange={(event) => onChange({ ...format, forms: event.target.value.split("\n").slice(0, FORMS_MAX) })}
          />
        )}
      </Labelled>
      <Labelled label="Zone of times without one" hint="such as Europe/Berlin">
        {(control) => (
          <Input
            {...control}
            value={format.zone ?? ""}
            placeholder="the company's"
            onChange={(event) => {
              const { zone: _old, ...rest } = format;
              onChange(event.target.value === "" ? rest : { ...rest, zone: event.target.value });
            }}
          />
        )}
      </Labelled>
    </div>
  );
}

function BooleanFields({ format, onChange }: Props<Extract<Format, { kind: "boolean" }>>) {
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <WordList label="Words for yes" words={format.yes} onChange={(yes) => onChange({ ...format, yes })} />
      <WordList label="Words for no" words={format.no} onChange={(no) => onChange({ ...format, no })} />
    </div>
  );
}

/** Words with commas between them. It keeps what is being typed, and tells the words in it. */
export function WordList({
  label,
  words,
  onChange,
}: {
  label: string;
  words: readonly string[];
  onChange: (words: string[]) => void;
}) {
  const told = (text: string) =>
    text
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean);
  return (
    <Labelled label={`${label}, with commas between`}>
      {(control) => (
        <Input {...control} defaultValue={words.join(", ")} onChange={(event) => onChange(told(event.target.value))} />
      )}
    </Labelled>
  );
}

function AmountFields({ format, header, onChange }: Props<Extract<Format, { decimal: string }>>) {
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Choice
        label="Decimal sign"
        value={format.decimal}
        options={DECIMALS}
        onChange={(decimal) => onChange({ ...format, decimal })}
      />
      <Choice
        label="Thousands sign"
        value={format.thousands}
        options={THOUSANDS}
        onChange={(thousands) => onChange({ ...format, thousands })}
      />
      <Choice
        label="Values below zero"
        value={format.negative}
        options={NEGATIVES}
        onChange={(negative) => onChange({ ...format, negative })}
      />
      <Labelled label="Divided by">
        {(control) => (
          <Select
            {...control}
            value={format.dividedBy ?? ""}
            onChange={(event) => {
              const { dividedBy: _old, ...rest } = format;
              onChange(event.target.value === "" ? rest : { ...rest, dividedBy: event.target.value });
            }}
          >
            <option value="">nothing</option>
            {header.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Labelled>
    </div>
  );
}

function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: Record<T, string>;
  onChange: (value: T) => void;
}) {
  const keys = Object.keys(options) as T[];
  return (
    <Labelled label={label}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) => onChange(keys.find((key) => key === event.target.value) ?? value)}
        >
          {keys.map((key) => (
            <option key={key} value={key}>
              {options[key]}
            </option>
          ))}
        </Select>
      )}
    </Labelled>
  );
}
