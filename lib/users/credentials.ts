import { type CredentialsRow, findCredentialsByEmail, findCredentialsById } from "./repository";

export { verifyPassword } from "./password-hash";

/** What lib/auth needs to check a sign-in; never sent to a page. `email` is trimmed and lower-cased by its schema. */
export async function findCredentials(email: string): Promise<CredentialsRow | null> {
  return findCredentialsByEmail(email);
}

/** The account of a session token, read anew at each request. */
export async function findAccount(id: number): Promise<CredentialsRow | null> {
  return findCredentialsById(id);
}
