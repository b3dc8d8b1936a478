import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { QuarantineFilter } from "@/lib/import-history/contract";

const FIELDS = [
  { name: "importId", label: "Import", hint: "its number" },
  { name: "source", label: "Source" },
  { name: "file", label: "File" },
  { name: "column", label: "Column", hint: "- for whole rows" },
  { name: "reason", label: "Reason", hint: "as it is listed" },
] as const;

/** A plain form: the filter stands in the address, so that it can be kept and sent. */
export function QuarantineFilters({ filter, exportHref }: { filter: QuarantineFilter; exportHref: string }) {
  return (
    <form action="/quarantine" className="space-y-3" key={exportHref}>
      <div className="grid gap-3 sm:grid-cols-3 lg:grid-cols-5">
        {FIELDS.map(({ name, label, ...rest }) => (
          <Field key={name} id={`quarantine-${name}`} label={label} {...rest}>
            {(control) => <Input name={name} defaultValue={filter[name] ?? ""} {...control} />}
          </Field>
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary">
          Filter
        </Button>
        <ButtonLink href="/quarantine" look="quiet">
          Clear
        </ButtonLink>
        <ButtonLink href={exportHref} prefetch={false} download>
          Export as CSV
        </ButtonLink>
      </div>
    </form>
  );
}
