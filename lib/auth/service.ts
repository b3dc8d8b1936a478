import "server-only";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getToken } from "next-auth/jwt";
import { cache } from "react";
import { z } from "zod";
import { type Role, RoleSchema, type SignedInUser } from "@/lib/users/contract";
import { findAccount } from "@/lib/users/credentials";
import { PATH_HEADER, safeNextPath } from "./contract";
import { sessionHolds } from "./policy";

const TokenSchema = z.object({ sub: z.coerce.number().int().positive(), epoch: z.number().int() });

/**
 * Who asks: the account of the session cookie with its role as it is in the database now, or null where there is no
 * session, it has ended, or the account is deactivated. Read once per request.
 */
export const currentUser: () => Promise<SignedInUser | null> = cache(async () => {
  const jar = await cookies();
  const pairs = Object.fromEntries(jar.getAll().map((cookie) => [cookie.name, cookie.value]));
  const request = { cookies: pairs, headers: {} } as unknown as Parameters<typeof getToken>[0]["req"];
  const token = TokenSchema.safeParse(await getToken({ req: request }));
  if (!token.success) return null;
  const account = await findAccount(token.data.sub);
  if (!account || !sessionHolds(token.data, account)) return null;
  return { id: account.id, email: account.email, name: account.name, role: RoleSchema.parse(account.role) };
});

/**
 * For pages and layouts: the signed-in user, who must have one of `roles` (none given: any). Without a session the
 * browser goes to the sign-in page; with another role the page does not exist, exactly like an unknown one.
 */
export async function requireUser(...roles: Role[]): Promise<SignedInUser> {
  const user = await currentUser();
  if (!user) redirect(signInPath((await headers()).get(PATH_HEADER)));
  if (roles.length > 0 && !roles.includes(user.role)) notFound();
  return user;
}

function signInPath(from: string | null): string {
  const next = safeNextPath(from);
  return next === "/" ? "/sign-in" : `/sign-in?${new URLSearchParams({ next })}`;
}
