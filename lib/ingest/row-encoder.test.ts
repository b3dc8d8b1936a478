import { describe, expect, it } from "vitest";
import type { CanonicalFile } from "./contract";
import type { FieldContext } from "./fields";
import { FILE_SPECS } from "./files";
import { createRowEncoder, stagedColumns } from "./row-encoder";
import { createTimeReader } from "./times";

const NOW = new Date("2026-03-02T10:00:00Z");

function encoder(file: CanonicalFile, header: string, more: { historical?: boolean; salt?: string } = {}) {
  const spec = FILE_SPECS.find((candidate) => candidate.file === file);
  if (spec === undefined) throw new Error(file);
  const times = createTimeReader({ zone: "America/New_York", lagHours: 24 });
  const context: FieldContext = { times, currency: "USD", salt: more.salt, ascii: true };
  const encode = createRowEncoder({
    spec,
    header: header.split(","),
    historical: more.historical ?? false,
    receivedAt: NOW,
    context,
  });
  return (row: string) => {
    const encoded = encode(row.split(","));
    if (typeof encoded !== "string") return encoded;
    const place = ["row_no", "feed", "line", "byte_offset"];
    const values = [...place, ...encoded.trimEnd().slice(1).split("\t")];
    return Object.fromEntries(stagedColumns(spec).map((name, i) => [name, values[i]]));
  };
}

const TICKET = "event_id,customer_id,ticket_id,occurred_at,kind,category,severity,satisfaction";
const SUBSCRIPTION = "event_id,customer_id,subscription_id,kind,occurred_at,plan,seats,unit_price_cents,discount_pct";
const PAYMENT = "event_id,customer_id,invoice_id,occurred_at,kind,amount_cents,currency";
const USAGE = "customer_id,day,active_users,sessions";

describe("a row of a canonical file", () => {
  it("becomes a line for staging, whatever the order of columns", () => {
    const row = encoder(
      "tickets.csv",
      "kind,severity,category,occurred_at,ticket_id,customer_id,event_id",
    )("opened,high,billing,2026-03-01T09:00:00-05:00,t1,c1,e1");
    expect(row).toMatchObject({
      source_id: "e1",
      customer_source_id: "c1",
      occurred_at: "2026-03-01T14:00:00.000Z",
      kind: "opened",
      category: "billing",
      opened_by: "customer",
      satisfaction: "\\N",
      recorded_at: NOW.toISOString(),
      recorded_basis: "received",
    });
  });

  it.each<[CanonicalFile, string, string, string | null, string]>([
    ["tickets.csv", TICKET, "e1,,t1,2026-03-01T00:00:00Z,responded,,,", "customer_id", "required, but empty"],
    ["tickets.csv", TICKET, "e1,c1,t1,2026-03-01T00:00:00Z,opened,,high,", "category", "required for kind opened"],
    [
      "tickets.csv",
      TICKET,
      "e1,c1,t1,2026-03-01T00:00:00Z,rated,,,6",
      "satisfaction",
      "expected a whole number from 1 to 5",
    ],
    ["tickets.csv", TICKET, "e1,c1,t1,2026-02-29T00:00:00Z,responded,,,", "occurred_at", "expected an ISO 8601 time"],
    ["tickets.csv", TICKET, "e1,c1,t1,01/03/2026,responded,,,", "occurred_at", "expected an ISO 8601 time"],
    ["tickets.csv", TICKET, "e1,c1,t1,2026-03-01T24:00:00Z,responded,,,", "occurred_at", "expected an ISO 8601 time"],
    ["tickets.csv", TICKET, "e1,c1,t1,2026-03-01T00:00:00Z,Opened,,,", "kind", "expected one of opened"],
    [
      "subscription_events.csv",
      SUBSCRIPTION,
      "e1,c1,s1,start,2026-03-01,Team,0,5000,",
      "seats",
      "expected a whole number from 1",
    ],
    [
      "subscription_events.csv",
      SUBSCRIPTION,
      "e1,c1,s1,start,2026-03-01,Team,5,,",
      "unit_price_cents",
      "required for kind start",
    ],
    ["subscription_events.csv", SUBSCRIPTION, "e1,c1,s1,discount,2026-03-01,,,,100.5", "discount_pct", "from 0 to 100"],
    [
      "payments.csv",
      PAYMENT,
      "e1,c1,i1,2026-03-01T00:00:00Z,paid,-5,USD",
      "amount_cents",
      "expected a whole number >= 0",
    ],
    [
      "payments.csv",
      PAYMENT,
      "e1,c1,i1,2026-03-01T00:00:00Z,paid,12.50,USD",
      "amount_cents",
      "expected a whole number >= 0",
    ],
    [
      "payments.csv",
      PAYMENT,
      "e1,c1,i1,2026-03-01T00:00:00Z,paid,99999999999,USD",
      "amount_cents",
      "expected a whole number",
    ],
    [
      "payments.csv",
      PAYMENT,
      "e1,c1,i1,2026-03-01T00:00:00Z,paid,5,EUR",
      "currency",
      "expected the reporting currency",
    ],
    ["usage.csv", USAGE, "c1,2026-3-1,1,1", "day", "expected a date of the form YYYY-MM-DD"],
    ["usage.csv", USAGE, "c1,2026-03-01,1e3,1", "active_users", "expected a whole number >= 0"],
    [
      "customers.csv",
      "customer_id,name,signed_up_at,recorded_at",
      "c1,A,2026-01-01,yesterday",
      "recorded_at",
      "ISO 8601",
    ],
    [
      "customers.csv",
      "customer_id,name,signed_up_at,owner_email",
      "c1,A,2026-01-01,nobody",
      "owner_email",
      "an e-mail address",
    ],
    [
      "customers.csv",
      "customer_id,name,signed_up_at",
      `c1,${"x".repeat(201)},2026-01-01`,
      "name",
      "at most 200 characters",
    ],
    ["customers.csv", "customer_id,name,signed_up_at", "c1,a\u0000b,2026-01-01", "name", "without control characters"],
  ])("%s: %s with %s is refused", (file, header, row, column, reason) => {
    expect(encoder(file, header)(row)).toMatchObject({ column, reason: expect.stringContaining(reason) });
  });

  it("knows a time without offset in the company's zone, also across the change of clocks", () => {
    const encode = encoder("tickets.csv", TICKET);
    const at = (text: string) => (encode(`e1,c1,t1,${text},responded,,,`) as Record<string, string>).occurred_at;
    expect(at("2026-03-07T12:00:00")).toBe("2026-03-07T17:00:00.000Z");
    expect(at("2026-03-09 12:00")).toBe("2026-03-09T16:00:00.000Z");
    expect(at("2026-03-09")).toBe("2026-03-09T04:00:00.000Z");
    expect(at("2026-03-09T12:00:00.123456+0530")).toBe("2026-03-09T06:30:00.123Z");
  });

  it("takes recorded_at from the source, else from the stated lag in history, else from receipt", () => {
    const header = `${USAGE},recorded_at`;
    const row = "c1,2026-03-08,1,1,2026-03-09T06:00:00Z";
    expect(encoder("usage.csv", header)(row)).toMatchObject({
      recorded_at: "2026-03-09T06:00:00.000Z",
      recorded_basis: "source",
    });
    const history = encoder("usage.csv", USAGE, { historical: true });
    // The day that clocks go forward ends 23 hours after it starts; 24 hours of lag from its start are later.
    expect(history("c1,2026-03-08,1,1")).toMatchObject({
      recorded_at: "2026-03-09T05:00:00.000Z",
      recorded_basis: "assumed",
    });
    // The day that they go back has 25 hours: nothing is known before the day has ended.
    expect(history("c1,2026-11-01,1,1")).toMatchObject({ recorded_at: "2026-11-02T05:00:00.000Z" });
    const ticket = encoder("tickets.csv", TICKET, { historical: true })("e1,c1,t1,2026-03-01T00:00:00Z,responded,,,");
    expect(ticket).toMatchObject({ recorded_at: "2026-03-02T00:00:00.000Z", recorded_basis: "assumed" });
  });

  it("hashes content without recorded_at, and equal times in other words alike", () => {
    const encode = encoder("tickets.csv", `${TICKET},recorded_at`);
    const hash = (row: string) => (encode(row) as Record<string, string>).content_hash;
    const first = hash("e1,c1,t1,2026-03-01T00:00:00Z,responded,,,,2026-03-02T00:00:00Z");
    expect(hash("e1,c1,t1,2026-02-28T19:00:00-05:00,responded,,,,2026-03-03T00:00:00Z")).toBe(first);
    expect(hash("e1,c1,t1,2026-03-01T00:00:01Z,responded,,,,2026-03-02T00:00:00Z")).not.toBe(first);
  });

  it("hashes user ids with the salt", () => {
    const header = "event_id,customer_id,occurred_at,kind,user_id";
    const key = (salt: string) =>
      (
        encoder("usage_events.csv", header, { salt })("e1,c1,2026-03-01T00:00:00Z,task,ann@x.example") as Record<
          string,
          string
        >
      ).user_key;
    expect(key("one")).not.toContain("ann");
    expect(key("one")).toBe(key("one"));
    expect(key("one")).not.toBe(key("two"));
  });

  it("escapes what COPY would read otherwise", () => {
    const row = encoder("customers.csv", "customer_id,name,signed_up_at")("c\\1,\\N,2026-01-01");
    expect(row).toMatchObject({ customer_source_id: "c\\\\1", name: "\\\\N" });
  });

  it.each([
    ["customer_id,day,logins", 'unknown column "logins"'],
    ["customer_id,sessions", 'required column "day" is missing'],
    ["customer_id,day,day", 'column "day" is there twice'],
  ])("a header %s is refused", (header, message) => {
    expect(() => encoder("usage.csv", header)).toThrow(`usage.csv line 1: ${message}`);
  });
});
