import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { MappingSchema, type Output } from "@/lib/ingest/mapping/contract";
import type { SampleFile } from "@/lib/ingest/mapping/editing-contract";
import { listCanonicalColumns } from "@/lib/ingest/mapping/editing-service";
import { proposeMapping } from "./propose";

function sample(name: string, text: string, delimiter: SampleFile["delimiter"] = ","): SampleFile {
  const [header = [], ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(delimiter));
  return { name, delimiter, header, rows };
}

function propose(...samples: SampleFile[]) {
  const proposal = proposeMapping({ source: "foreign", samples, canonical: listCanonicalColumns(), currency: "EUR" });
  expect(MappingSchema.safeParse(proposal.mapping).error).toBeUndefined();
  return proposal;
}

/** The outputs proposed for the one file of that name, by kind where it is constant, else by canonical file. */
function outputsOf(proposal: ReturnType<typeof propose>, name: string): Record<string, Output> {
  const file = proposal.mapping.files.find((one) => one.name === name);
  return Object.fromEntries(
    (file?.outputs ?? []).map((output) => {
      const kind = output.columns.kind;
      return [kind && "constant" in kind ? kind.constant : output.to, output];
    }),
  );
}

function fileOf(proposal: ReturnType<typeof propose>, name: string) {
  const index = proposal.mapping.files.findIndex((one) => one.name === name);
  return proposal.files[index];
}

const ACCOUNTS = sample(
  "accounts.csv",
  `account_id,account_name,industry,country,signup_date,plan_tier,seats,is_trial,churn_flag
A-11aa,Harbor,EdTech,US,2024-10-16,Basic,9,FALSE,FALSE
A-22bb,Finch,FinTech,IN,2023-08-17,Basic,18,FALSE,TRUE
A-33cc,Globex,EdTech,US,2024-08-27,Pro,1,TRUE,FALSE
A-44dd,Initech,FinTech,US,2024-08-29,Pro,4,FALSE,FALSE`,
);
const SUBSCRIPTIONS = sample(
  "subscriptions.csv",
  `subscription_id,account_id,start_date,end_date,plan_tier,seats,mrr_amount,arr_amount,is_trial,billing_frequency
S-1x,A-11aa,2023-12-23,2024-04-12,Enterprise,14,2786,33432,FALSE,monthly
S-2x,A-22bb,2024-06-11,,Pro,17,833,9996,FALSE,annual
S-3x,A-33cc,2024-11-25,,Enterprise,62,0,0,TRUE,annual
S-4x,A-44dd,2024-11-25,,Enterprise,62,1200,14400,FALSE,monthly`,
);
const USAGE = sample(
  "feature_usage.csv",
  `usage_id,subscription_id,usage_date,feature_name,usage_count,is_beta_feature
U-1,S-1x,2024-01-02,feature_20,9,False
U-2,S-2x,2024-07-08,feature_5,9,False
U-3,S-3x,2024-12-07,feature_20,11,True
U-4,S-4x,2024-12-08,feature_5,3,False`,
);
const TICKETS = sample(
  "support_tickets.csv",
  `ticket_id,account_id,submitted_at,closed_at,priority,first_response_time_minutes,satisfaction_score
T-1,A-11aa,2023-07-27,2023-07-28 3:00,high,74,
T-2,A-22bb,2024-07-08,2024-07-09 13:00,urgent,144,4
T-3,A-33cc,2024-10-17,2024-10-17 19:00,medium,93,5
T-4,A-11aa,2024-10-18,,low,93,`,
);

describe("a product database's export: accounts, subscriptions, usage, tickets", () => {
  const proposal = propose(ACCOUNTS, SUBSCRIPTIONS, USAGE, TICKETS);

  test("each file is known for what it is", () => {
    expect(proposal.files.map(({ role }) => role)).toEqual(["customers", "subscriptions", "usage events", "tickets"]);
  });

  test("nothing that is required is missing, but who used it", () => {
    const missing = proposal.files.flatMap(({ outputs }) => outputs.flatMap((output) => output.missing));
    expect(missing.filter((name) => name !== "user_id")).toEqual([]);
  });

  test("customers come from the accounts, without their plan as a segment", () => {
    expect(outputsOf(proposal, "accounts.csv")["customers.csv"]?.columns).toEqual({
      customer_id: { column: "account_id" },
      name: { column: "account_name" },
      industry: { column: "industry" },
      country: { column: "country" },
      signed_up_at: { column: "signup_date" },
    });
  });

  test("a table with start and end dates becomes start, trial and end events", () => {
    const { start, trial_start, end } = outputsOf(proposal, "subscriptions.csv");
    expect(start?.when).toEqual([{ column: "is_trial", is: "none-of", words: ["true"] }]);
    expect(trial_start?.when).toEqual([{ column: "is_trial", is: "one-of", words: ["true"] }]);
    expect(end?.when).toEqual([{ column: "end_date", is: "filled" }]);
    expect(start?.columns).toMatchObject({
      event_id: { template: "{subscription_id}-start" },
      customer_id: { column: "account_id" },
      subscription_id: { column: "subscription_id" },
      occurred_at: { column: "start_date" },
      plan: { column: "plan_tier" },
      seats: { column: "seats" },
      term_months: { column: "billing_frequency", words: { monthly: "1", annual: "12" } },
    });
    expect(end?.columns.occurred_at).toEqual({ column: "end_date" });
  });

  test("revenue by month becomes the price of a seat", () => {
    expect(outputsOf(proposal, "subscriptions.csv").start?.columns.unit_price_cents).toMatchObject({
      column: "mrr_amount",
      format: { kind: "money", dividedBy: "seats" },
    });
  });

  test("usage that names subscriptions finds its customers through them", () => {
    const usage = outputsOf(proposal, "feature_usage.csv").task;
    expect(usage?.to).toBe("usage_events.csv");
    expect(usage?.columns).toMatchObject({
      event_id: { column: "usage_id" },
      customer_id: { customerOfSubscription: "subscription_id" },
      occurred_at: { column: "usage_date" },
      quantity: { column: "usage_count" },
    });
    expect(fileOf(proposal, "feature_usage.csv")?.notes.join()).toContain("No column says who used it");
  });

  test("a ticket's row becomes its opening, its end and its rating", () => {
    const { opened, resolved, rated } = outputsOf(proposal, "support_tickets.csv");
    expect(opened?.columns).toMatchObject({
      occurred_at: { column: "submitted_at" },
      severity: { column: "priority", words: { high: "high", urgent: "urgent", medium: "normal", low: "low" } },
      category: { constant: "problem" },
    });
    expect(resolved?.when).toEqual([{ column: "closed_at", is: "filled" }]);
    expect(resolved?.columns.occurred_at).toEqual({
      column: "closed_at",
      format: { kind: "time", forms: ["iso", "yyyy-M-d H:mm"] },
    });
    expect(rated?.when.map(({ column }) => column)).toEqual(["satisfaction_score", "closed_at"]);
    expect(fileOf(proposal, "support_tickets.csv")?.notes.join()).toContain(
      "first_response_time_minutes is a length of time",
    );
  });
});

test("ids that occur in another file tell the customer where no name does", () => {
  const logins = sample(
    "activity.csv",
    `ref,happened,who,event
a1,2024-01-02T10:00:00Z,A-11aa,login
a2,2024-01-03T10:00:00Z,A-22bb,report_viewed
a3,2024-01-03T11:00:00Z,A-33cc,login
a4,2024-01-04T11:00:00Z,A-33cc,teleport`,
  );
  const renamed = { ...logins, header: ["ref", "timestamp", "who", "event"] };
  const proposal = propose(ACCOUNTS, renamed);
  const usage = outputsOf(proposal, "activity.csv")["usage_events.csv"];
  expect(usage?.columns.customer_id).toEqual({ column: "who" });
  expect(fileOf(proposal, "activity.csv")?.outputs[0]?.columns.customer_id).toContain(
    "3 of its 3 values occur in accounts.csv",
  );
  expect(usage?.columns.kind).toEqual({
    column: "event",
    words: { login: "session", report_viewed: "report" },
  });
  // Taken for something it is not, it would hide that use falls.
  expect(fileOf(proposal, "activity.csv")?.outputs[0]?.columns.kind).toContain(
    "what teleport means is not known: to be chosen, else those rows go to quarantine",
  );
});

test("rows that name a user only find their customer in the file of users", () => {
  const users = sample(
    "users.csv",
    `user_id,account_id,email,first_name,last_name
u1,A-11aa,ann@harbor.example,Ann,Harbor
u2,A-11aa,ben@harbor.example,Ben,Harbor
u3,A-22bb,cy@finch.example,Cy,Finch
u4,A-33cc,di@globex.example,Di,Globex`,
  );
  const events = sample(
    "events.csv",
    `event_id,occurred_at,user_id,event
e1,2024-01-02T10:00:00Z,u1,login
e2,2024-01-03T10:00:00Z,u2,login
e3,2024-01-03T11:00:00Z,u3,comment
e4,2024-01-04T11:00:00Z,u4,login`,
  );
  const proposal = propose(ACCOUNTS, users, events);
  const usage = outputsOf(proposal, "events.csv")["usage_events.csv"];
  expect(usage?.columns).toMatchObject({
    event_id: { column: "event_id" },
    user_id: { column: "user_id" },
    customer_id: { customerIn: { column: "user_id", file: "users.csv", key: "user_id", customer: "account_id" } },
  });
  expect(fileOf(proposal, "users.csv")?.role).toBe("contacts");
});

const CHURN = sample(
  "churn_events.csv",
  `churn_event_id,account_id,churn_date,reason_code
C-1,A-11aa,2024-10-27,pricing
C-2,A-22bb,2024-06-25,support
C-3,A-22bb,2024-11-12,budget`,
);

test("a list of departures beside subscriptions that end is left to a person's choice", () => {
  const proposal = propose(ACCOUNTS, SUBSCRIPTIONS, CHURN);
  expect(fileOf(proposal, "churn_events.csv")?.role).toBe("departures");
  expect(outputsOf(proposal, "churn_events.csv")).toEqual({});
  expect(fileOf(proposal, "churn_events.csv")?.notes.join()).toContain("subscriptions.csv already");
});

test("a list of departures alone ends the subscription that carries the customer's id", () => {
  const { end } = outputsOf(propose(ACCOUNTS, CHURN), "churn_events.csv");
  expect(end?.columns).toMatchObject({
    event_id: { column: "churn_event_id" },
    customer_id: { column: "account_id" },
    subscription_id: { column: "account_id" },
    occurred_at: { column: "churn_date" },
  });
});

describe("a billing export with one row for each customer, and no list of customers beside it", () => {
  const contracts = (numbers: readonly [string, string]) =>
    sample(
      "contracts.csv",
      `Contract;Customer No;Company;Country;Plan;Begin date;End date;Seats;Monthly fee
V-1;${numbers[0]};Nord GmbH;DE;Team;01.02.2024;;5;250,00
V-2;${numbers[1]};Elbe AG;DE;Team;15.03.2024;31.01.2025;10;1.200,00`,
      ";",
    );

  test("tells of the customers too, known since their subscription began, and of the price of a seat", () => {
    const proposal = propose(contracts(["K-10", "K-11"]));
    const file = fileOf(proposal, "contracts.csv");
    const outputs = outputsOf(proposal, "contracts.csv");
    expect(file?.role).toBe("customers and their subscriptions");
    expect(outputs["customers.csv"]?.columns).toMatchObject({
      customer_id: { column: "Customer No" },
      name: { column: "Company" },
      signed_up_at: { column: "Begin date", format: { kind: "time", forms: ["d.M.yyyy"] } },
    });
    expect(outputs.start?.columns.unit_price_cents).toMatchObject({
      column: "Monthly fee",
      format: { kind: "money", decimal: ",", dividedBy: "Seats" },
    });
    expect(file?.outputs.flatMap(({ missing }) => missing)).toEqual([]);
  });

  test("with several rows for a customer says that a list of customers is missing", () => {
    const file = fileOf(propose(contracts(["K-10", "K-10"])), "contracts.csv");
    expect(file?.role).toBe("subscriptions");
    expect(file?.notes.join()).toContain("No file here lists customers");
  });

  test("beside a list of customers makes subscriptions only", () => {
    const customers = sample(
      "customers.csv",
      "customer_no,company_name,created_at\nK-10,Nord,2024-01-01\nK-11,Elbe,2024-01-02",
    );
    const proposal = propose(customers, contracts(["K-10", "K-11"]));
    expect(Object.keys(outputsOf(proposal, "contracts.csv"))).toEqual(["start", "end"]);
  });
});

describe("a billing export with semicolons and a decimal comma", () => {
  const proposal = propose(
    sample(
      "Rechnungen.csv",
      `Rechnungsnummer;Kundennummer;Rechnungsdatum;Fällig am;Bezahlt am;Betrag;Währung;Status
R-1;10021;01.02.2026;15.02.2026;14.02.2026;1.234,50;EUR;bezahlt
R-2;10022;01.02.2026;15.02.2026;;99,00;EUR;offen
R-3;10021;03.02.2026;17.02.2026;;99,00;USD;fehlgeschlagen`,
      ";",
    ),
  );

  test("becomes due, paid and failed payments", () => {
    const outputs = outputsOf(proposal, "Rechnungen.csv");
    expect(Object.keys(outputs)).toEqual(["due", "paid", "failed"]);
    expect(outputs.due?.columns).toMatchObject({
      event_id: { template: "{Rechnungsnummer}-due" },
      invoice_id: { column: "Rechnungsnummer" },
      customer_id: { column: "Kundennummer" },
      occurred_at: { column: "Fällig am", format: { kind: "time", forms: ["d.M.yyyy"] } },
      amount_cents: { column: "Betrag", format: { kind: "money", decimal: ",", thousands: "." } },
      currency: { column: "Währung" },
    });
    expect(outputs.paid?.when).toEqual([{ column: "Bezahlt am", is: "filled" }]);
    expect(outputs.failed?.when).toEqual([{ column: "Status", is: "one-of", words: ["fehlgeschlagen"] }]);
  });

  test("says that other currencies go to quarantine", () => {
    expect(fileOf(proposal, "Rechnungen.csv")?.outputs[0]?.columns.currency).toContain(
      "amounts in USD go to quarantine",
    );
  });
});

test("a payment service's export with one time and a status: one event for each row", () => {
  const proposal = propose(
    sample(
      "payments.csv",
      `id,Customer ID,Created (UTC),Amount,Currency,Status
ch_1,cus_9a,2026-02-01 05:00:01,600.00,eur,Paid
ch_2,cus_9b,2026-02-04 11:42:00,600.00,eur,Failed
ch_3,cus_9b,2026-02-04 11:42:00,20.00,eur,Refunded`,
    ),
  );
  const [output] = proposal.mapping.files[0]?.outputs ?? [];
  expect(output?.columns).toMatchObject({
    event_id: { template: "{id}-{Status}" },
    customer_id: { column: "Customer ID" },
    kind: { column: "Status" },
    occurred_at: { column: "Created (UTC)", format: { kind: "time", zone: "UTC" } },
    currency: { column: "Currency", words: { eur: "EUR" } },
  });
});

test("a help desk's export: what is asked for, how urgent it is, and a rating in words", () => {
  const proposal = propose(
    sample(
      "helpdesk-export.csv",
      `Ticket ID,Organization ID,Created at,First reply at,Solved at,Priority,Type,Satisfaction,Updated at
1,77,2026-01-05 09:12,2026-01-05 10:00,2026-01-06 10:00,P1,Incident,good,2026-01-07 10:00
2,78,2026-01-06 09:12,,,P3,Question,,2026-01-06 09:12
3,77,2026-01-07 09:12,2026-01-07 10:00,2026-01-08 10:00,P3,Question,bad,2026-01-09 10:00
4,77,2026-01-07 09:12,2026-01-07 10:00,2026-01-08 10:00,P1,Incident,,2026-01-09 10:00`,
    ),
  );
  const outputs = outputsOf(proposal, "helpdesk-export.csv");
  expect(Object.keys(outputs)).toEqual(["opened", "responded", "resolved", "rated"]);
  expect(outputs.opened?.columns).toMatchObject({
    customer_id: { column: "Organization ID" },
    severity: { column: "Priority", words: { p1: "urgent", p3: "normal" }, whenEmpty: "normal" },
    category: { column: "Type", words: { incident: "problem", question: "question" } },
    recorded_at: { column: "Created at" },
  });
  expect(outputs.rated?.columns.satisfaction).toEqual({ column: "Satisfaction", words: { good: "5", bad: "1" } });
});

test("a status and a date of cancellation become a notice, effective at the end", () => {
  const proposal = propose(
    sample(
      "subscriptions.csv",
      `id,customer_id,status,created_at,current_period_end,canceled_at,ended_at,plan,quantity,unit_price,updated_at
s1,c1,active,2025-01-01,2026-01-01,,,Team,4,12.00,2025-06-01
s2,c2,canceled,2025-01-01,2025-09-01,2025-08-03,2025-09-01,Team,4,12.00,2025-09-01
s3,c3,active,2025-02-01,2026-02-01,2025-11-03,,Team,8,12.00,2025-11-03`,
    ),
  );
  const { notice, end, start } = outputsOf(proposal, "subscriptions.csv");
  expect(notice?.when).toEqual([{ column: "canceled_at", is: "filled" }]);
  expect(notice?.columns).toMatchObject({
    event_id: { template: "{id}-notice" },
    occurred_at: { column: "canceled_at" },
    effective_at: { column: "ended_at" },
    recorded_at: { column: "updated_at" },
  });
  expect(end?.when).toEqual([
    { column: "ended_at", is: "filled" },
    { column: "status", is: "one-of", words: ["canceled"] },
  ]);
  expect(start?.columns.unit_price_cents).toMatchObject({ column: "unit_price", format: { kind: "money" } });
});

test("a state such as non-renewing is a notice too, known when the row was changed", () => {
  const proposal = propose(
    sample(
      "subscriptions.csv",
      `subscription_id,customer_id,state,started_at,expires_at,plan,mrr,modified_at
s1,c1,active,2025-01-01,,Team,40,2025-06-01
s2,c2,non_renewing,2025-01-01,2025-09-01,Team,40,2025-08-03
s3,c3,active,2025-01-01,,Team,40,2025-06-01`,
    ),
  );
  const { notice } = outputsOf(proposal, "subscriptions.csv");
  expect(notice?.when).toEqual([{ column: "state", is: "one-of", words: ["non_renewing"] }]);
  expect(notice?.columns).toMatchObject({
    occurred_at: { column: "modified_at" },
    effective_at: { column: "expires_at" },
  });
});

test("a log of subscription changes keeps its kinds, and says which it does not know", () => {
  const proposal = propose(
    sample(
      "subscription_history.csv",
      `event_id,customer_id,subscription_id,event_type,event_date,plan,seats,unit_price
e1,c1,s1,created,2025-01-01,Team,4,12
e2,c1,s1,upgrade,2025-02-01,Pro,4,14
e3,c1,s1,cancelled,2025-03-01,,,
e4,c2,s2,created,2025-03-01,Team,2,12
e5,c2,s2,migrated,2025-04-01,Team,2,12`,
    ),
  );
  const [output] = proposal.mapping.files[0]?.outputs ?? [];
  expect(output?.columns.kind).toEqual({
    column: "event_type",
    words: { created: "start", upgrade: "plan_change", cancelled: "end" },
  });
  expect(proposal.files[0]?.outputs[0]?.columns.kind).toContain("migrated");
});

test("a table with a row for each customer and day is usage by day", () => {
  const proposal = propose(
    sample(
      "daily_metrics.csv",
      `workspace_id,date,dau,logins,files_uploaded,api_calls
w1,2026-01-05,7,31,2,120
w2,2026-01-05,3,4,0,0
w1,2026-01-06,6,29,1,88`,
    ),
  );
  expect(outputsOf(proposal, "daily_metrics.csv")["usage.csv"]?.columns).toMatchObject({
    customer_id: { column: "workspace_id" },
    day: { column: "date" },
    active_users: { column: "dau" },
    sessions: { column: "logins" },
    files: { column: "files_uploaded" },
    integrations: { column: "api_calls" },
  });
});

test("people come from first and last name", () => {
  const proposal = propose(
    sample(
      "contacts.csv",
      `Contact ID,Account ID,First Name,Last Name,Email,Title,Phone
1,A-1,Ann,Harbor,ann@harbor.example,CTO,+1 555 0100
2,A-1,Ben,Finch,ben@harbor.example,Buyer,+1 555 0101`,
    ),
  );
  expect(outputsOf(proposal, "contacts.csv")["contacts.csv"]?.columns).toEqual({
    contact_id: { column: "Contact ID" },
    customer_id: { column: "Account ID" },
    full_name: { template: "{First Name} {Last Name}" },
    email: { column: "Email" },
    job_title: { column: "Title" },
    phone: { column: "Phone" },
  });
});

test("a canonical file is taken as it stands", () => {
  const proposal = propose(sample("x.csv", "customer_id,name,signed_up_at\nc1,Harbor,2025-01-01"));
  expect(proposal.files[0]?.role).toBe("the product's own form");
  expect(outputsOf(proposal, "x.csv")["customers.csv"]?.columns.name).toEqual({ column: "name" });
});

test("nothing is proposed for a file like nothing that is known", () => {
  const proposal = propose(sample("weather.csv", "city,temperature\nOslo,4\nRome,19"));
  expect(proposal.mapping.files[0]?.outputs).toEqual([]);
  expect(proposal.files[0]?.role).toBeNull();
});

test("what is required and not found is named", () => {
  const proposal = propose(sample("accounts.csv", "account_id,industry\nA-1,Ed\nA-2,Fin"));
  expect(proposal.files[0]?.outputs[0]?.missing).toEqual(["name", "signed_up_at"]);
});

const FOREIGN = "/work/shared/data/ravenstack";
test.skipIf(!existsSync(FOREIGN))(
  "a whole foreign export is known file by file (skipped where it is not at hand)",
  () => {
    const names = ["accounts.csv", "subscriptions.csv", "feature_usage.csv", "support_tickets.csv", "churn_events.csv"];
    const proposal = propose(
      ...names.map((name) =>
        sample(name, readFileSync(`${FOREIGN}/${name}`, "utf8").split("\n").slice(0, 200).join("\n")),
      ),
    );
    expect(proposal.files.map(({ role }) => role)).toEqual([
      "customers",
      "subscriptions",
      "usage events",
      "tickets",
      "departures",
    ]);
  },
);
