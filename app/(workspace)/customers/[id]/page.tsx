import { notFound } from "next/navigation";
import { pageTitle } from "@/app/page-title";
import { ContactsCard } from "@/components/customer/contacts-card";
import { CustomerHeader } from "@/components/customer/customer-header";
import { HistoryCard } from "@/components/customer/history-card";
import { PaymentsCard } from "@/components/customer/payments-card";
import { PredictionCard } from "@/components/customer/prediction-card";
import { SubscriptionCard } from "@/components/customer/subscription-card";
import { TicketsCard } from "@/components/customer/tickets-card";
import { UsageCard } from "@/components/customer/usage-card";
import { requireUser } from "@/lib/auth/service";
import { CustomerParamsSchema } from "@/lib/customers/contract";
import { readCustomerPage } from "@/lib/customers/service";
import { DomainError } from "@/lib/http/domain-error";

export const generateMetadata = pageTitle("Customer", "csm", "vp", "admin");

export default async function CustomerPage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireUser("csm", "vp", "admin");
  const parsed = CustomerParamsSchema.safeParse(await params);
  if (!parsed.success) notFound();
  const page = await readCustomerPage({ customerId: parsed.data.id, viewer, now: new Date() }).catch(notFoundIfUnknown);
  return (
    <>
      <CustomerHeader page={page} />
      <PredictionCard page={page} />
      <HistoryCard page={page} />
      <div className="grid gap-4 xl:grid-cols-2">
        <UsageCard page={page} />
        <SubscriptionCard page={page} />
        <TicketsCard page={page} />
        <PaymentsCard page={page} />
      </div>
      {page.mayReadContacts && <ContactsCard customerId={page.head.customerId} count={page.contacts} />}
    </>
  );
}

function notFoundIfUnknown(error: unknown): never {
  if (error instanceof DomainError && error.code === "not_found") notFound();
  throw error;
}
