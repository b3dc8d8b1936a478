import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DirectoryTable } from "@/components/customer/directory-table";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { requireUser } from "@/lib/auth/service";
import { DirectoryQuerySchema } from "@/lib/customers/contract";
import { readDirectory } from "@/lib/customers/directory-service";
import { DomainError } from "@/lib/http/domain-error";

export const metadata: Metadata = { title: "All customers" };

export default async function CustomersPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const viewer = await requireUser("csm", "vp", "admin");
  const { q: text, after } = await searchParams;
  const parsed = DirectoryQuerySchema.safeParse({ q: text, after });
  if (!parsed.success) notFound();
  const query = parsed.data;
  const page = await readDirectory({ viewer, query, now: new Date() }).catch((error: unknown) => {
    if (error instanceof DomainError) notFound();
    throw error;
  });
  const address = (place: string | null) => {
    const search = new URLSearchParams({ ...(query.q && { q: query.q }), ...(place && { after: place }) }).toString();
    return search ? `/customers?${search}` : "/customers";
  };
  return (
    <>
      <PageHeader
        title="All customers"
        description="Everyone by name, also those who are not listed, in a trial or gone."
      />
      <form action="/customers" className="flex gap-2">
        <Input
          type="search"
          name="q"
          aria-label="Search by customer name"
          placeholder="Customer name"
          className="sm:w-72!"
          defaultValue={query.q}
          maxLength={100}
        />
        <Button type="submit">Search</Button>
      </form>
      <DirectoryTable page={page} searched={query.q !== ""} />
      <Pagination firstHref={query.after ? address(null) : null} nextHref={page.next ? address(page.next) : null} />
    </>
  );
}
