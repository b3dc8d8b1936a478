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

export const CreateUserSchema = z
  .object({ email: EmailSchema, name: NameSchema, role: RoleSchema, password: PasswordSchema })
  .strict();
export type CreateUser = z.infer<typeof CreateUserSchema>;

export const ChangePasswordSchema = z
  .object({ currentPassword: z.string().min(1).max(PASSWORD_LENGTH_MAX), newPassword: PasswordSchema })
  .strict();
export type ChangePassword = z.infer<typeof ChangePasswordSchema>;

/** Who is signed in, as pages and services see them. */
export type SignedInUser = { id: number; email: string; name: string; role: Role };

/** A row of the user list; times are ISO. */
export type UserSummary = SignedInUser & {
  createdAt: string;
  passwordChangedAt: string | null;
  deactivatedAt: string | null;
};
