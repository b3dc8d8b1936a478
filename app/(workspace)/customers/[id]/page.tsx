import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ContactsCard } from "@/components/customer/contacts-card";
import { CustomerHeader } from "@/components/customer/customer-header";
import { HistoryCard } from "@/components/customer/history-card";
import { PaymentsCard } from "@/components/customer/payments-card";
import { PredictionCard } from "@/components/customer/prediction-card";
import { SubscriptionCard } from "@/components/customer/subscription-card";
import { TicketsCard } from "@/components/customer/tickets-card";
import { UsageCard } from "@/components/customer/usage-card";
import { currentUser, requireUser } from "@/lib/auth/service";
import { CustomerParamsSchema } from "@/lib/customers/contract";
import { readCustomerPage } from "@/lib/customers/service";
import { DomainError } from "@/lib/http/domain-error";

type Props = { params: Promise<{ id: string }> };

/** The customer's name, since people keep several open; of one that is not there, what every unknown address says. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const page = await readPage((await params).id);
  return { title: page?.head.name ?? "Not found" };
}

export default async function CustomerPage({ params }: Props) {
  await requireUser("csm", "vp", "admin");
  const page = await readPage((await params).id);
  if (!page) notFound();
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
      <ContactsCard customerId={page.head.customerId} count={page.contacts} access={page.contactAccess} />
    </>
  );
}

/** Read once for title and page; null where there is none for this user. */
const readPage = cache(async (id: string) => {
  const viewer = await currentUser();
  const params = CustomerParamsSchema.safeParse({ id });
  if (!viewer || !params.success) return null;
  return readCustomerPage({ customerId: params.data.id, viewer, now: new Date() }).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  });
});
