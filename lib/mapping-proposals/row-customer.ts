import { asText, type Proposed } from "./draft";
import { type CustomerList, findByContent, findKey, type KnownIds } from "./keys";
import type { KnownFile } from "./known-file";

export type RowCustomerArgs = {
  file: KnownFile;
  customers: KnownIds | null;
  subscriptions: KnownIds | null;
  /** Other files whose ids stand for customers. */
  lists: readonly CustomerList[];
};

/** The customer of a row: named, or known by the subscription or by what else is named of which another file says whose it is. */
export function customerOf(args: RowCustomerArgs): Proposed | null {
  const customer = findKey(args.file, "customer", args.customers);
  if (customer) return asText(customer.column, customer.why);
  const subscription = findKey(args.file, "subscription", args.subscriptions);
  if (!subscription) return customerInList(args);
  return {
    value: { customerOfSubscription: subscription.column.name },
    why: `the file names subscriptions, not customers (${subscription.why})`,
  };
}

function customerInList({ file, lists }: RowCustomerArgs): Proposed | null {
  for (const list of lists) {
    const found = list.file === file.sample.name ? null : findByContent(file, list);
    if (!found) continue;
    return {
      value: { customerIn: { column: found.column.name, file: list.file, key: list.key, customer: list.customer } },
      why: `the file names no customer, but ${found.why}, which names theirs`,
    };
  }
  return null;
}
