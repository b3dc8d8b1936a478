import { describe, expect, it } from "vitest";
import { findMappingFaults } from "./check-mapping";
import { MappingSchema } from "./contract";
import { parseMapping } from "./parse-mapping";

const CUSTOMER = { customer_id: { column: "id" }, name: { column: "title" }, signed_up_at: { column: "since" } };
const HEADER = ["id", "title", "since", "price", "paid", "sub"];

/** The faults of a mapping with one output of a file. */
function faults(output: object, header = HEADER) {
  const mapping = MappingSchema.parse({ source: "crm", files: [{ name: "a.csv", header, outputs: [output] }] });
  return findMappingFaults(mapping).map(({ place, message }) => `${place}: ${message}`);
}

const START = {
  event_id: { template: "{sub}-start" },
  customer_id: { column: "id" },
  subscription_id: { column: "sub" },
  kind: { constant: "start" },
  occurred_at: { column: "since" },
  plan: { constant: "Pro" },
  seats: { constant: "1" },
  unit_price_cents: { column: "price", format: { kind: "money" } },
};

describe("a mapping", () => {
  it("that says all that is needed has no fault", () => {
    expect(faults({ to: "customers.csv", columns: CUSTOMER })).toEqual([]);
    expect(faults({ to: "subscription_events.csv", columns: { ...START, recorded_at: { lagHours: 24 } } })).toEqual([]);
  });

  const customers = (more: object) => ({ to: "customers.csv", columns: { ...CUSTOMER, ...more } });
  const start = (more: object) => ({ to: "subscription_events.csv", columns: { ...START, ...more } });
  const { name: _name, ...nameless } = CUSTOMER;
  const { unit_price_cents: _price, ...priceless } = START;
  it.each<[string, object, string]>([
    [
      "a required column left out",
      { to: "customers.csv", columns: nameless },
      'says nothing of the required column "name"',
    ],
    [
      "a column that the kind requires",
      { to: "subscription_events.csv", columns: priceless },
      'says nothing of "unit_price_cents", required for kind start',
    ],
    [
      "an unknown canonical column",
      customers({ nick: { column: "id" } }),
      "customers.csv has no such column; it has customer_id",
    ],
    [
      "a column that the header has not",
      customers({ industry: { column: "sector" } }),
      'the header has no column "sector"',
    ],
    ["one in a template", start({ event_id: { template: "{sub}-{nr}" } }), 'the header has no column "nr"'],
    [
      "one to divide by",
      start({ unit_price_cents: { column: "price", format: { kind: "money", dividedBy: "users" } } }),
      'the header has no column "users"',
    ],
    [
      "one in a condition",
      { ...customers({}), when: [{ column: "state", is: "filled" }] },
      'the header has no column "state"',
    ],
    ["a template without columns", start({ event_id: { template: "start" } }), "a template names columns in braces"],
    ["a constant that is no canonical word", start({ kind: { constant: "begin" } }), '"begin": expected one of start'],
    [
      "words that are none",
      start({ kind: { column: "paid", words: { yes: "begin" } } }),
      '"begin": expected one of start',
    ],
    [
      "an other word that is none",
      start({ seats: { column: "paid", otherWord: "many" } }),
      '"many": expected a whole number',
    ],
    ["a lag elsewhere than for recorded_at", start({ occurred_at: { lagHours: 3 } }), "a lag is for recorded_at only"],
    [
      "the customer of a subscription before subscriptions are known",
      start({ customer_id: { customerOfSubscription: "sub" } }),
      "subscriptions are not known yet",
    ],
    [
      "the customer in a file that the mapping has not",
      start({ customer_id: { customerIn: { column: "id", file: "users.csv", key: "id", customer: "org" } } }),
      'the mapping has no file "users.csv"',
    ],
    [
      "the customer in a column that a file has not",
      start({ customer_id: { customerIn: { column: "id", file: "a.csv", key: "id", customer: "org" } } }),
      'the header of a.csv has no column "org"',
    ],
    [
      "the customer of a subscription elsewhere than for customer_id",
      start({ plan: { customerOfSubscription: "sub" } }),
      "is for customer_id only",
    ],
    [
      "money for a time",
      customers({ signed_up_at: { column: "since", format: { kind: "money" } } }),
      "the format money does not fit a column of timestamptz",
    ],
    [
      "a time for a number",
      start({ seats: { column: "since", format: { kind: "time", forms: ["iso"] } } }),
      "the format time does not fit",
    ],
    [
      "a form of time that is none",
      customers({ signed_up_at: { column: "since", format: { kind: "time", forms: ["YYYY-MM-DD"] } } }),
      '"YYYY-MM-DD" is no form of time',
    ],
    [
      "a zone that is none",
      customers({ signed_up_at: { column: "since", format: { kind: "time", forms: ["iso"], zone: "Mars/Base" } } }),
      '"Mars/Base" is no time zone',
    ],
    [
      "one sign for decimals and thousands",
      start({ unit_price_cents: { column: "price", format: { kind: "money", decimal: "," } } }),
      "the signs of decimals and of thousands are the same",
    ],
    [
      "a condition on words without words",
      { ...customers({}), when: [{ column: "paid", is: "one-of" }] },
      "one-of needs words",
    ],
    [
      "a condition on fields with words",
      { ...customers({}), when: [{ column: "paid", is: "filled", words: ["x"] }] },
      "filled takes no words",
    ],
  ])("with %s is refused", (_fault, output, message) => {
    expect(faults(output)).toEqual([expect.stringContaining(message)]);
  });

  it("names the file, the output and the canonical column of a fault", () => {
    expect(faults(customers({ industry: { column: "sector" } }))).toEqual([
      'a.csv, output 1 (customers.csv), industry: the header has no column "sector"',
    ]);
  });

  it("makes something of some file, and names no column twice", () => {
    const empty = MappingSchema.parse({ source: "crm", files: [{ name: "a.csv", header: ["x", "x"], outputs: [] }] });
    expect(findMappingFaults(empty).map(({ message }) => message)).toEqual([
      'the header names "x" twice',
      "no file has an output",
    ]);
  });

  it.each<[string, unknown, string]>([
    ["no object", 3, "mapping, : "],
    ["a source with blanks", { source: "My CRM", files: [] }, "mapping, source: expected lower-case letters"],
    [
      "an unknown kind of value",
      {
        source: "crm",
        files: [
          { name: "a.csv", header: ["id"], outputs: [{ to: "customers.csv", columns: { name: { colum: "id" } } }] },
        ],
      },
      "mapping, files.0.outputs.0.columns.name: ",
    ],
    [
      "several faults",
      { source: "crm", files: [{ name: "a.csv", header: ["id"], outputs: [{ to: "customers.csv", columns: {} }] }] },
      'mapping, a.csv, output 1 (customers.csv): says nothing of the required column "customer_id" (and 2 more)',
    ],
  ])("that is %s is refused in one sentence with its place", (_fault, value, message) => {
    expect(() => parseMapping(value)).toThrow(message);
  });
});
