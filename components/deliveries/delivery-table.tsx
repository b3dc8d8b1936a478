import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { formatCount, formatInstant } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { DeliveryView } from "@/lib/deliveries/contract";
import { CHANNEL_WORDS, STATUS_WORDS } from "./delivery-words";

/** Deliveries, newest first, each with how far it is. */
export function DeliveryTable({ deliveries, zone }: { deliveries: readonly DeliveryView[]; zone: string }) {
  return (
    <Table label="Deliveries">
      <TableHead>
        <HeaderCell>Delivery</HeaderCell>
        <HeaderCell>State</HeaderCell>
        <HeaderCell>Came</HeaderCell>
        <HeaderCell>Files</HeaderCell>
        <HeaderCell numeric>New rows</HeaderCell>
        <HeaderCell numeric>Quarantined</HeaderCell>
      </TableHead>
      <TableBody>
        {deliveries.map((delivery) => (
          <Row key={delivery.id}>
            <Cell className="min-w-48 max-w-md">
              <Link
                href={`/imports/deliveries/${delivery.id}`}
                className="font-medium text-accent-text hover:underline"
              >
                {delivery.source}
              </Link>
              <p className="text-xs text-faint">
                {CHANNEL_WORDS[delivery.channel]}
                {delivery.receivedFrom && `, ${delivery.receivedFrom}`}
              </p>
              {delivery.error && delivery.status !== "discarded" && (
                <p className="mt-0.5 break-words text-xs text-danger-text">{delivery.error}</p>
              )}
            </Cell>
            <Cell>
              <Badge tone={STATUS_WORDS[delivery.status].tone}>{STATUS_WORDS[delivery.status].label}</Badge>
            </Cell>
            <Cell className="whitespace-nowrap text-muted">{formatInstant(delivery.receivedAt, zone)}</Cell>
            <Cell className="text-muted">{namesOf(delivery)}</Cell>
            <Cell numeric>{delivery.import ? formatCount(delivery.import.rowsNew) : "–"}</Cell>
            <Cell numeric>{delivery.import ? formatCount(delivery.import.rowsBad) : "–"}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

const NAMES_SHOWN = 2;

function namesOf({ files }: DeliveryView): string {
  if (files.length === 0) return "–";
  const more = files.length - NAMES_SHOWN;
  const names = files.slice(0, NAMES_SHOWN).map((file) => file.name);
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}
