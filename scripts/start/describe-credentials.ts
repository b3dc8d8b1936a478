import type { Credential } from "@/lib/env/credentials-file";

/** The sign-ins of this installation as lines for a terminal. */
export function describeCredentials(credentials: readonly Credential[]): string {
  if (credentials.length === 0) return "No sign-ins were made for this installation.";
  const width = Math.max(...credentials.map(({ email }) => email.length));
  const lines = credentials.map(({ email, password, role }) => `  ${email.padEnd(width)}  ${password}  ${role}`);
  return ["Sign-ins made for this installation (again by `npm run demo:credentials`):", ...lines].join("\n");
}
