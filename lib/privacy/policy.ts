import { plainForm } from "./erased-marks";

/** A text by which stored rows are recognised as telling of somebody. */
export type Trace = {
  readonly text: string /** field: only as a whole field, since it is too short to be sure of */;
  readonly match: "anywhere" | "field";
};

/** Shorter texts stand by chance within others. */
const CERTAIN_LENGTH_MIN = 5;

/** The traces of somebody's name, addresses and numbers, each once; what is empty leaves none. */
export function tracesOf(values: readonly (string | null)[]): Trace[] {
  const texts = new Map(values.filter((value) => value !== null).map((value) => [plainForm(value), value.trim()]));
  texts.delete("");
  return [...texts.values()].map((text) => ({
    text,
    match: text.length < CERTAIN_LENGTH_MIN ? "field" : "anywhere",
  }));
}

/** What stored rows are recognised by that tell of a contact, the source's id among it where that tells who it is. */
export function contactTraces(contact: {
  readonly sourceId: string;
  readonly fullName: string;
  readonly email: string | null;
  readonly phone: string | null;
}): Trace[] {
  const identity = [contact.fullName, contact.email, contact.phone];
  return tracesOf([...identity, idTells(contact.sourceId, identity) ? contact.sourceId : null]);
}

/** What stored rows are recognised by that tell of a customer: its names, and its id where that is a whole field. */
export function customerTraces(customer: { readonly sourceId: string; readonly names: readonly string[] }): Trace[] {
  return [...tracesOf(customer.names), { text: customer.sourceId, match: "field" }];
}

/** Whether an id of the source tells who it is: it is an e-mail address, or holds a name or a number of theirs, or a long word of one. */
export function idTells(sourceId: string, identity: readonly (string | null)[]): boolean {
  if (sourceId.includes("@")) return true;
  const id = letters(sourceId);
  return identity
    .flatMap((value) => [value ?? "", ...(value ?? "").split(/[\s@]+/)])
    .map(letters)
    .some((known) => known.length >= CERTAIN_LENGTH_MIN && id.includes(known));
}

/** Whether what was typed names the one that is to be erased; case and doubled space do not matter. */
export function namesIt(typed: string, name: string): boolean {
  return plainForm(typed) === plainForm(name);
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
