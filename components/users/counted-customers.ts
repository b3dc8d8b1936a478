import { formatCount } from "@/components/ui/format";

/** "1 customer", "1,234 customers". */
export function countedCustomers(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "customer" : "customers"}`;
}
