/** A page's place from the address, or null (the first page) where there is none of the expected form. */
export function readCursor(value: unknown, form: RegExp): string | null {
  return typeof value === "string" && form.test(value) ? value : null;
}

/** A whole number from the address: an id, or where a page begins. Null where it is not one that fits a database's integer. */
export function readId(value: unknown): number | null {
  return typeof value === "string" && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null;
}
