import { decodeField } from "../csv/read-records";

// Fields come as bytes in a string (latin1, see read-records.ts); what a mapping says is text.

/** A text of the mapping as a field would come. */
export function toField(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The text of a field, without blanks around it. */
export function toText(field: string): string {
  return (isAscii(field) ? field : decodeField(field)).trim();
}

/** A field without ASCII blanks around it: others may be parts of a character. */
export function trimField(field: string): string {
  let start = 0;
  let end = field.length;
  while (start < end && field.charCodeAt(start) <= BLANK) start += 1;
  while (end > start && field.charCodeAt(end - 1) <= BLANK) end -= 1;
  return end - start === field.length ? field : field.slice(start, end);
}

/** How words are compared: without case and surrounding blanks. */
export function toWord(text: string): string {
  return text.trim().toLowerCase();
}

const BLANK = 32;

function isAscii(field: string): boolean {
  for (let i = 0; i < field.length; i += 1) if (field.charCodeAt(i) > 127) return false;
  return true;
}
