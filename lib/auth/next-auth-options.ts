import type { AuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { clientAddress } from "@/lib/http/client-address";
import { logEvent } from "@/lib/http/log";
import { TOO_MANY_ATTEMPTS } from "./contract";
import { signIn } from "./sign-in";

/** Sessions end this long after sign-in, used or not. */
const SESSION_HOURS = 24 * 7;

/**
 * Credentials with sessions in an encrypted cookie. The token names the account and the epoch of its sessions and nothing
 * else: role, name and deactivation are read from the database at each request (lib/auth/service).
 */
export const nextAuthOptions: AuthOptions = {
  session: { strategy: "jwt", maxAge: SESSION_HOURS * 3600 },
  pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
  providers: [
    Credentials({
      credentials: { email: { type: "email" }, password: { type: "password" } },
      async authorize(credentials, request) {
        const result = await signIn({
          email: credentials?.email ?? "",
          password: credentials?.password ?? "",
          address: clientAddress(request.headers?.["x-forwarded-for"]),
        }).catch((error: unknown) => {
          // The message of whatever is thrown here is sent to the browser.
          logEvent("error", "sign-in failed", { error: error instanceof Error ? error.stack : String(error) });
          throw new Error("Unavailable");
        });
        if (result.status === "too_many") throw new Error(TOO_MANY_ATTEMPTS);
        if (result.status === "wrong") return null;
        return { id: String(result.userId), epoch: result.sessionEpoch };
      },
    }),
  ],
  callbacks: {
    jwt({ token, user }) {
      if (!user) return token;
      return { sub: user.id, epoch: "epoch" in user ? user.epoch : undefined };
    },
    // The client needs nothing of the session: pages are rendered for the user they were asked by.
    session: ({ session }) => ({ expires: session.expires }),
  },
};
