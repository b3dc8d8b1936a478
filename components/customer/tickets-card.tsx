import { Chart } from "@/components/charts/chart";
import { prepareChart, type SeriesInput } from "@/components/charts/prepared-chart";
import { weekPoints } from "@/components/charts/week-points";
import { Card } from "@/components/ui/card";
import { formatNumber } from "@/components/ui/format";
import type { CustomerPage, Ticket, TicketWeek } from "@/lib/customers/contract";
import { wordsOf } from "./customer-header";
import { counted, dateWords } from "./date-words";

const TICKETS_SHOWN = 6;

const SEVERITIES: { key: Exclude<keyof TicketWeek, "week">; name: string; color: SeriesInput["color"] }[] = [
  { key: "low", name: "Low", color: "chart-6" },
  { key: "normal", name: "Normal", color: "chart-1" },
  { key: "high", name: "High", color: "chart-2" },
  { key: "urgent", name: "Urgent", color: "danger" },
];

/** Support tickets by week and severity, and the newest ones. */
export function TicketsCard({ page }: { page: CustomerPage }) {
  const { ticketWeeks, tickets, zone } = page;
  if (tickets.length === 0)
    return (
      <Card title="Support tickets">
        <p className="text-sm text-muted">None in the last year.</p>
      </Card>
    );
  const chart = prepareChart({
    label: "Tickets opened a week",
    points: weekPoints(ticketWeeks.map((week) => week.week)),
    series: SEVERITIES.map(({ key, name, color }) => ({
      ...{ key, name, color },
      kind: "bar" as const,
      stack: "tickets",
      values: ticketWeeks.map((week) => week[key]),
      nullMeans: "no data",
      format: (value: number) => formatNumber(value),
    })),
    formatTick: (value) => formatNumber(value),
    wholeSteps: true,
  });
  return (
    <Card title="Support tickets" description={`${counted(tickets.length, "ticket")} in the last year.`}>
      <div className="space-y-4">
        <Chart chart={chart} height={130} />
        <ol className="divide-y divide-line text-sm">
          {tickets.slice(0, TICKETS_SHOWN).map((ticket) => (
            <li key={ticket.ticketId} className="flex flex-wrap justify-between gap-x-4 py-1.5">
              <span>
                <span className="inline-block w-24 text-muted">{dateWords(ticket.openedAt, zone)}</span>{" "}
                {aboutTicket(ticket)}
                {ticket.openedBy === "vendor" && <span className="text-faint"> (opened by us)</span>}
              </span>
              <span className="text-muted">{courseOf(ticket)}</span>
            </li>
          ))}
        </ol>
      </div>
    </Card>
  );
}

function aboutTicket({ category, severity }: Ticket): string {
  return [wordsOf(category), severity && `${wordsOf(severity)} severity`].filter(Boolean).join(", ") || "ticket";
}

function courseOf(ticket: Ticket): string {
  const response = ticket.responseHours === null ? "no answer yet" : `answered in ${hoursWords(ticket.responseHours)}`;
  const state = ticket.resolvedAt ? "resolved" : "open";
  const rating = ticket.satisfaction === null ? "not rated" : `rated ${ticket.satisfaction} of 5`;
  return [response, state, rating].join(" · ");
}

function hoursWords(hours: number): string {
  return hours < 48 ? counted(Math.max(1, Math.round(hours)), "hour") : counted(Math.round(hours / 24), "day");
}
