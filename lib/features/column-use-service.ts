import { describeColumnUse } from "./column-use";
import { findCustomerColumns } from "./column-use-repository";
import type { ColumnUse } from "./contract";
import { ACCOUNT_WEEKLY } from "./definitions/account-weekly";

/** What predictions rest on and what they never do, by the grants in force and the features of the current view. */
export async function getColumnUse(): Promise<ColumnUse> {
  return describeColumnUse({ columns: await findCustomerColumns(), view: ACCOUNT_WEEKLY });
}
