import { z } from "zod";
import { SourceSchema } from "@/lib/ingest/mapping/contract";

export const CreateApiTokenSchema = z
  .object({
    name: z.string().trim().min(1, "expected a name, such as Billing, weekly export").max(100),
    source: SourceSchema,
    /** ISO with offset; without it the token holds until it is revoked. */
    expiresAt: z.iso.datetime({ offset: true, message: "expected a time such as 2027-01-31T00:00:00Z" }).optional(),
  })
  .strict();
export type CreateApiToken = z.infer<typeof CreateApiTokenSchema>;

/** The only time that the secret is told. */
export type CreatedApiToken = { id: number; secret: string };

export type ApiTokenState = "active" | "expired" | "revoked";

/** A token as the list shows it, without its secret; times are ISO. */
export type ApiTokenSummary = {
  id: number;
  name: string;
  source: string;
  /** the first characters of the secret */
  prefix: string;
  state: ApiTokenState;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
};

/** What a program with a valid token may do: send files of this source, nothing else. */
export type ApiTokenGrant = { tokenId: number; source: string; name: string };
