import { Button } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import type { Owner } from "@/lib/queue/contract";

/** A plain form: it works by sending itself to the same page. */
export function LeavingFilters({
  owner,
  q,
  owners,
  ownsCustomers,
}: {
  owner: string;
  q: string;
  owners: Owner[];
  ownsCustomers: boolean;
}) {
  return (
    <form action="/leaving" className="flex flex-wrap items-end gap-2">
      <Input
        type="search"
        name="q"
        aria-label="Search by customer name"
        placeholder="Customer name"
        className="sm:w-56!"
        defaultValue={q}
        maxLength={100}
      />
      <Select name="owner" aria-label="Owner" defaultValue={owner} className="sm:w-auto!">
        <option value="all">Every owner</option>
        {ownsCustomers && <option value="me">Mine</option>}
        <option value="none">Nobody's</option>
        {owners.map((person) => (
          <option key={person.id} value={String(person.id)}>
            {person.name}
          </option>
        ))}
      </Select>
      <Button type="submit">Show</Button>
    </form>
  );
}
