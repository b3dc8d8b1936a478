import { z } from "zod";

export const ROLES = ["csm", "data_scientist", "vp", "admin"] as const;
export const RoleSchema = z.enum(ROLES);
export type Role = z.infer<typeof RoleSchema>;

export const ROLE_LABELS: Record<Role, string> = {
  csm: "Customer success",
  data_scientist: "Data scientist",
  vp: "VP Customer Success",
  admin: "Administrator",
};

export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 200;

/** Addresses are compared without case: stored trimmed and lower-cased. */
export const EmailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email("expected an e-mail address such as name@company.com"));

export const NameSchema = z.string().trim().min(1, "expected a name").max(200);

export const PasswordSchema = z
  .string()
  .min(PASSWORD_LENGTH_MIN, `expected at least ${PASSWORD_LENGTH_MIN} characters`)
  .max(PASSWORD_LENGTH_MAX, `expected at most ${PASSWORD_LENGTH_MAX} characters`);

export const InviteUserSchema = z.object({ email: EmailSchema, name: NameSchema, role: RoleSchema }).strict();
export type InviteUser = z.infer<typeof InviteUserSchema>;

/** An account that the product makes itself, such as the first administrator's, with a password that it generated. */
export const CreateUserSchema = InviteUserSchema.extend({ password: PasswordSchema });
export type CreateUser = z.infer<typeof CreateUserSchema>;

export const ChangeUserSchema = z
  .object({ name: NameSchema, role: RoleSchema, active: z.boolean() })
  .partial()
  .strict()
  .refine((change) => Object.keys(change).length > 0, "expected name, role or active");
export type ChangeUser = z.infer<typeof ChangeUserSchema>;

/** Who gets all customers of an account; null: nobody. */
export const HandOverSchema = z.object({ toId: z.number().int().positive().max(2_147_483_647).nullable() }).strict();
export type HandOver = z.infer<typeof HandOverSchema>;

export const ChangePasswordSchema = z
  .object({ currentPassword: z.string().min(1).max(PASSWORD_LENGTH_MAX), newPassword: PasswordSchema })
  .strict();
export type ChangePassword = z.infer<typeof ChangePasswordSchema>;

/** An account's id in an address. */
export const UserIdSchema = z.object({ userId: z.coerce.number().int().positive().max(2_147_483_647) }).strict();

/** Who is signed in, as pages and services see them. */
export type SignedInUser = { id: number; email: string; name: string; role: Role };

/** active: can sign in · invited: has no password yet · deactivated: cannot sign in, whatever it has. */
export type AccountState = "active" | "invited" | "deactivated";

/** Why a person gets a link: a first password, or another one instead of one that was lost. */
export type LinkPurpose = "invite" | "reset";

/** The link of an account that waits to be followed, as administrators see it; times are ISO. */
export type OpenLink = { purpose: LinkPurpose; expiresAt: string; expired: boolean };

/** A row of the user list; times are ISO. */
export type UserSummary = SignedInUser & {
  state: AccountState;
  createdAt: string;
  passwordChangedAt: string | null;
  lastSignInAt: string | null;
  deactivatedAt: string | null;
  /** the link that waits to be followed, expired or not */
  link: OpenLink | null;
};

/** Whether customers may be given to an account: it can sign in, or will, and its role sees customers. */
export function mayOwnCustomers(account: { role: string; deactivatedAt: Date | string | null }): boolean {
  return account.deactivatedAt === null && account.role !== "data_scientist";
}
