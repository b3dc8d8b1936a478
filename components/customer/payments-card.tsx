import { Badge, type Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { formatMoney } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { CustomerPage, Invoice } from "@/lib/customers/contract";
import { counted, dateWords } from "./date-words";

const STATES: Record<Invoice["state"], { words: string; tone: Tone }> = {
  paid: { words: "paid", tone: "good" },
  paid_late: { words: "paid late", tone: "warn" },
  overdue: { words: "overdue", tone: "danger" },
  due: { words: "due", tone: "neutral" },
};

/** The newest invoices and what became of them. */
export function PaymentsCard({ page }: { page: CustomerPage }) {
  const { invoices, currency, zone } = page;
  if (invoices.length === 0)
    return (
      <Card title="Payments">
        <p className="text-sm text-muted">No invoice so far.</p>
      </Card>
    );
  return (
    <Card title="Payments" description={troubleWords(invoices)}>
      <Table label="Invoices, newest first">
        <TableHead>
          <HeaderCell>Due</HeaderCell>
          <HeaderCell numeric>Amount</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Course</HeaderCell>
        </TableHead>
        <TableBody>
          {invoices.map((invoice) => (
            <Row key={invoice.invoiceId}>
              <Cell className="whitespace-nowrap">
                {invoice.dueAt ? dateWords(invoice.dueAt, zone) : "not announced"}
              </Cell>
              <Cell numeric>{formatMoney(invoice.amountCents, currency)}</Cell>
              <Cell>
                <Badge tone={STATES[invoice.state].tone}>{STATES[invoice.state].words}</Badge>
              </Cell>
              <Cell className="text-muted">{courseOf(invoice)}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function courseOf(invoice: Invoice): string {
  const parts = [
    invoice.failures > 0 && `failed ${invoice.failures === 1 ? "once" : `${invoice.failures} times`}`,
    invoice.daysLate !== null && `${counted(invoice.daysLate, "day")} late`,
    invoice.refunded && "refunded",
  ].filter(Boolean);
  return parts.join(", ") || "as agreed";
}

function troubleWords(invoices: readonly Invoice[]): string {
  const late = invoices.filter((invoice) => invoice.daysLate !== null).length;
  const failed = invoices.filter((invoice) => invoice.failures > 0).length;
  return `Of the last ${counted(invoices.length, "invoice")}, ${late} late and ${failed} with a failed payment.`;
}
