import { notFound } from "next/navigation";
import { pageTitle } from "@/app/page-title";
import { DeliveryPanel } from "@/components/deliveries/delivery-panel";
import { CHANNEL_WORDS } from "@/components/deliveries/delivery-words";
import { Callout } from "@/components/ui/callout";
import { DefinitionList } from "@/components/ui/definition-list";
import { formatBytes, formatInstant } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/auth/service";
import { DeliveryIdSchema } from "@/lib/deliveries/contract";
import { getDelivery } from "@/lib/deliveries/service";
import { DomainError } from "@/lib/http/domain-error";
import { getSettings } from "@/lib/settings/service";

export const generateMetadata = pageTitle("Delivery", "admin");

type Props = { params: Promise<{ deliveryId: string }>; searchParams: Promise<Record<string, unknown>> };

export default async function DeliveryPage({ params, searchParams }: Props) {
  await requireUser("admin");
  const id = DeliveryIdSchema.safeParse(await params);
  if (!id.success) notFound();
  const [delivery, { zone }] = await Promise.all([
    getDelivery({ id: id.data.deliveryId, source: null }).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === "not_found") return null;
      throw error;
    }),
    getSettings(),
  ]);
  if (!delivery) notFound();
  const repeated = (await searchParams).repeated !== undefined;
  return (
    <>
      <PageHeader title={`Files of ${delivery.source}`} back={{ href: "/imports", label: "Imports" }} />
      {repeated && (
        <Callout>These files had come before, and nothing newer since: this is what became of them then.</Callout>
      )}
      <DeliveryPanel initial={delivery} zone={zone} />
      <DefinitionList
        items={[
          { term: "Files", value: <FileNames files={delivery.files} /> },
          { term: "Came", value: `${formatInstant(delivery.receivedAt, zone)}, ${CHANNEL_WORDS[delivery.channel]}` },
          { term: "From", value: delivery.receivedFrom ?? "the inbox" },
          {
            term: "Rows without recorded_at",
            value: delivery.historical
              ? "known since they occurred, plus the stated lag (historical)"
              : "known since the import",
          },
        ]}
      />
    </>
  );
}

function FileNames({ files }: { files: readonly { name: string; bytes: number }[] }) {
  if (files.length === 0) return "none";
  return (
    <ul>
      {files.map((file) => (
        <li key={file.name} className="break-all">
          {file.name} <span className="whitespace-nowrap text-muted">{formatBytes(file.bytes)}</span>
        </li>
      ))}
    </ul>
  );
}
