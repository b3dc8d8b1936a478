"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import type { Condition } from "@/lib/ingest/mapping/contract";
import type { MappingProblem } from "@/lib/ingest/mapping/editing-contract";
import { WordList } from "./format-fields";
import { Labelled } from "./labelled";

const CONDITIONS_MAX = 10;
const TESTS = { filled: "is filled", empty: "is empty", "one-of": "is one of", "none-of": "is none of" } as const;

/** Which rows of the file an output is made of: all conditions must hold. */
export function ConditionEditor({
  when,
  header,
  problems,
  onChange,
}: {
  when: readonly Condition[];
  header: readonly string[];
  /** Paths begin with the place of the condition. */
  problems: readonly MappingProblem[];
  onChange: (when: Condition[]) => void;
}) {
  const change = (at: number, next: Condition) => onChange(when.map((one, index) => (index === at ? next : one)));
  return (
    <fieldset className="space-y-2">
      <legend className="text-sm font-medium text-ink">Rows that it is made of</legend>
      {when.length === 0 && <p className="text-sm text-muted">Every row of the file.</p>}
      {when.map((condition, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
        <div key={at} className="grid items-start gap-2 sm:grid-cols-[minmax(0,1fr)_9rem_minmax(0,1.5fr)_auto]">
          <Labelled label={at === 0 ? "Where" : "and where"}>
            {(control) => (
              <Select
                {...control}
                value={condition.column}
                onChange={(event) => change(at, { ...condition, column: event.target.value })}
              >
                {!header.includes(condition.column) && <option>{condition.column}</option>}
                {header.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Labelled>
          <Labelled label="What holds">
            {(control) => (
              <Select
                {...control}
                value={condition.is}
                onChange={(event) => change(at, withTest(condition, event.target.value))}
              >
                {Object.entries(TESTS).map(([is, words]) => (
                  <option key={is} value={is}>
                    {words}
                  </option>
                ))}
              </Select>
            )}
          </Labelled>
          {condition.words ? (
            <WordList label="Words" words={condition.words} onChange={(words) => change(at, { ...condition, words })} />
          ) : (
            <span />
          )}
          <Button
            look="quiet"
            className="sm:mt-5"
            aria-label={`Remove the condition on ${condition.column}`}
            onClick={() => onChange(when.filter((_, index) => index !== at))}
          >
            <X aria-hidden />
          </Button>
          {problems
            .filter(({ path }) => path[0] === at)
            .map(({ message }) => (
              <p key={message} role="alert" className="text-sm text-danger-text sm:col-span-4">
                {message}
              </p>
            ))}
        </div>
      ))}
      {when.length < CONDITIONS_MAX && (
        <Button
          size="sm"
          onClick={() => onChange([...when, { column: header[0] ?? "", is: "filled" }])}
          disabled={header.length === 0}
        >
          <Plus aria-hidden /> Add a condition
        </Button>
      )}
    </fieldset>
  );
}

function withTest(condition: Condition, is: string): Condition {
  const { words, column } = condition;
  if (is === "one-of" || is === "none-of") return { column, is, words: words ?? [] };
  return { column, is: is === "empty" ? "empty" : "filled" };
}
