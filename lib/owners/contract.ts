/** Customers whose newest version names an owner whom no active account has the e-mail address of. */
export type AwaitedOwner = {
  email: string;
  customers: number;
  /** the account of that address, which is deactivated; null where there is none */
  accountId: number | null;
};
