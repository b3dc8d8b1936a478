import { recordAudit } from "@/lib/audit/service";
import { EmailSchema, PASSWORD_LENGTH_MAX } from "@/lib/users/contract";
import { findCredentials, verifyPassword } from "@/lib/users/credentials";
import { limitAttempts } from "./limit-attempts";

export type SignInResult =
  | { status: "signed_in"; userId: number; sessionEpoch: number }
  | { status: "wrong" }
  | { status: "too_many" };

/**
 * Checks an e-mail address and password. Unknown account, one that was invited and has no password yet, deactivated
 * account and wrong password are one answer, given after the same work; attempts are limited per account (also one that
 * does not exist) and per network address.
 *
 * @param args.address the client's network address, as text
 */
export async function signIn(args: { email: string; password: string; address: string }): Promise<SignInResult> {
  const email = EmailSchema.safeParse(args.email);
  if (!email.success || args.password.length === 0 || args.password.length > PASSWORD_LENGTH_MAX)
    return { status: "wrong" };
  const result = await limitAttempts({
    key: `account:${email.data}`,
    address: args.address,
    attempt: async () => {
      const account = await findCredentials(email.data);
      const fits = await verifyPassword(account?.passwordHash ?? null, args.password);
      return account && fits && !account.deactivatedAt
        ? { outcome: "succeeded", value: account }
        : { outcome: "failed", value: null };
    },
  });
  if (result.status === "too_many") return result;
  const account = result.value;
  if (!account) return { status: "wrong" };
  const actor = { id: account.id, label: account.email };
  await recordAudit({ actor, action: "user.sign_in", subjectType: "user", subjectId: String(account.id) });
  return { status: "signed_in", userId: account.id, sessionEpoch: account.sessionEpoch };
}
