import { z } from "zod";
import { type LinkPurpose, PasswordSchema, type Role } from "./contract";

/** How long a link holds. A reset is short: it opens an account that is in use. */
export const LINK_HOURS: Record<LinkPurpose, number> = { invite: 7 * 24, reset: 24 };

/** Said of every link that does not work, whether used, expired, revoked or never made: the answer tells nobody which. */
export const DEAD_LINK = "This link does not work, or does not work any more. Ask an administrator for a new one.";

export const UseLinkSchema = z.object({ secret: z.string().max(200), password: PasswordSchema }).strict();

/** A link that was just made; the secret is known here and never again. */
export type NewLink = { purpose: LinkPurpose; secret: string; expiresAt: string };

/** What the person who follows a link sees before setting a password; times are ISO. */
export type LinkView = {
  purpose: LinkPurpose;
  name: string;
  email: string;
  role: Role;
  /** null: made on the server's command line */
  madeBy: { name: string; email: string } | null;
  expiresAt: string;
};

/** The page behind a link, without the site's address. */
export function linkPath(secret: string): string {
  return `/account-link/${secret}`;
}
