/**
 * One line of CSV (RFC 4180, CRLF). A text that a spreadsheet would run as a formula gets an apostrophe before it;
 * plain numbers, signed ones included, stay as they are. Null is an empty field.
 */
export function csvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map((field) => quote(disarm(field === null ? "" : String(field)))).join(",")}\r\n`;
}

function disarm(text: string): string {
  return /^\s*[=+\-@]|^[\t\r\n]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
