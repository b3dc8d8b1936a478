import { Input, Select } from "@/components/ui/input";
import type { Value } from "@/lib/ingest/mapping/contract";
import { Labelled } from "./labelled";

type CustomerIn = Extract<Value, { customerIn: object }>["customerIn"];

const OTHER_FILE = [
  ["file", "Name of the other file in the mapping"],
  ["key", "Its column with the same text"],
  ["customer", "Its column with the customer"],
] as const;

/** The column that another file knows, and where that file says whose it is. */
export function CustomerInFields(args: {
  customerIn: CustomerIn;
  header: readonly string[];
  onChange: (value: Value) => void;
}) {
  const { customerIn, header, onChange } = args;
  const change = (part: Partial<CustomerIn>) => onChange({ customerIn: { ...customerIn, ...part } });
  return (
    <div className="space-y-2 rounded-md border border-line px-2.5 py-1.5">
      <Labelled label="Column that the other file knows">
        {(control) => (
          <Select {...control} value={customerIn.column} onChange={(event) => change({ column: event.target.value })}>
            {header.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Labelled>
      {OTHER_FILE.map(([part, label]) => (
        <Labelled key={part} label={label}>
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              value={customerIn[part]}
              onChange={(event) => change({ [part]: event.target.value })}
            />
          )}
        </Labelled>
      ))}
    </div>
  );
}
