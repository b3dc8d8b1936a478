import type { DocumentValue } from "../ubj-reader";

/** Marks a place to remove: a key of an object or an item of an array. */
export const removed = Symbol("removed");

/** A copy of the document with the value at the path (keys and positions, joined by dots) replaced or removed. */
export function editDocument(
  document: DocumentValue,
  path: readonly (string | number)[],
  value: DocumentValue | typeof removed,
): DocumentValue {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (value === removed) throw new Error("A document cannot be removed as a whole");
    return value;
  }
  if (Array.isArray(document)) {
    const items: readonly DocumentValue[] = document;
    const position = Number(step);
    if (rest.length === 0 && value === removed) return items.toSpliced(position, 1);
    return items.with(position, editDocument(items[position] ?? null, rest, value));
  }
  if (document === null || typeof document !== "object" || ArrayBuffer.isView(document)) {
    throw new Error(`Nothing to edit at "${step}"`);
  }
  const fields = document as { readonly [key: string]: DocumentValue };
  if (rest.length === 0 && value === removed) {
    return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== String(step)));
  }
  return { ...fields, [step]: editDocument(fields[step] ?? null, rest, value) };
}

/** The value at a path, or undefined. */
export function valueAt(document: DocumentValue, path: readonly (string | number)[]): DocumentValue | undefined {
  let value: DocumentValue | undefined = document;
  for (const step of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = (value as { readonly [key: string]: DocumentValue })[step];
  }
  return value;
}
