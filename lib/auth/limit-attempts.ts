import { DomainError } from "@/lib/http/domain-error";
import { mayAttempt } from "./policy";
import { dropAttempt, openAttempt, succeedAttempt } from "./repository";

/** How an attempt ended: a success clears the key's failures, an uncounted one leaves no trace. */
export type Attempted<T> = { outcome: "succeeded" | "failed" | "uncounted"; value: T };

/**
 * Runs an attempt to prove something secret, unless there were too many failed ones before it with the same key or from
 * the same network address (policy). While it runs it counts as failed, so that attempts sent at once see each other.
 *
 * @param args.key what is tried, such as "account:maya@techflow.example"; also of something that does not exist
 * @param args.address the client's network address, as text
 * @returns the attempt's value, or "too_many" where it was not run
 */
export async function limitAttempts<T>(args: {
  key: string;
  address: string;
  attempt: () => Promise<Attempted<T>>;
}): Promise<{ status: "ran"; value: T } | { status: "too_many" }> {
  const opened = await openAttempt({ account: args.key, address: `address:${args.address}` });
  if (!mayAttempt(opened)) {
    await dropAttempt(opened.ids);
    return { status: "too_many" };
  }
  const { outcome, value } = await args.attempt();
  if (outcome === "succeeded") await succeedAttempt(opened.ids);
  if (outcome === "uncounted") await dropAttempt(opened.ids);
  return { status: "ran", value };
}

export function tooManyAttemptsError(): DomainError {
  return new DomainError("too_many_attempts", "Too many failed attempts. Wait a quarter of an hour and try again.");
}
