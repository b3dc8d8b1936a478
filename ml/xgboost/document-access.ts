import { ModelFormatError } from "./errors";
import type { DocumentValue } from "./ubj-reader";

/** An object inside a model document together with where it stands, for messages. */
export type DocumentObject = { readonly path: string; readonly fields: { readonly [key: string]: DocumentValue } };

export function asObject(value: DocumentValue | undefined, path: string): DocumentObject {
  if (value === null || typeof value !== "object" || Array.isArray(value) || ArrayBuffer.isView(value)) {
    throw new ModelFormatError(path, `${showValue(value)}; expected an object`);
  }
  return { path, fields: value as { readonly [key: string]: DocumentValue } };
}

export function objectField(parent: DocumentObject, key: string): DocumentObject {
  return asObject(field(parent, key), `${parent.path}.${key}`);
}

export function arrayField(parent: DocumentObject, key: string): ArrayLike<DocumentValue> {
  const value = field(parent, key);
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) {
    throw new ModelFormatError(`${parent.path}.${key}`, `${showValue(value)}; expected an array`);
  }
  return value as ArrayLike<DocumentValue>;
}

/** An array of finite numbers of the given length; booleans count as 0 and 1 where allowed. */
export function numbersField(
  parent: DocumentObject,
  key: string,
  expected: { length: number; whole?: { min: number; max: number } },
): ArrayLike<number> {
  const values = arrayField(parent, key);
  const path = `${parent.path}.${key}`;
  if (values.length !== expected.length) {
    throw new ModelFormatError(path, `${values.length} entries; expected ${expected.length}`);
  }
  const numbers = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const raw = values[index];
    const value = typeof raw === "boolean" && expected.whole ? Number(raw) : raw;
    if (typeof value !== "number" || !Number.isFinite(Math.fround(value))) {
      throw new ModelFormatError(`${path}[${index}]`, `${showValue(raw)}; expected a finite number`);
    }
    const { whole } = expected;
    if (whole && (!Number.isInteger(value) || value < whole.min || value > whole.max)) {
      throw new ModelFormatError(
        `${path}[${index}]`,
        `${value}; expected a whole number from ${whole.min} to ${whole.max}`,
      );
    }
    numbers[index] = value;
  }
  return numbers;
}

export function stringField(parent: DocumentObject, key: string): string {
  const value = field(parent, key);
  if (typeof value !== "string")
    throw new ModelFormatError(`${parent.path}.${key}`, `${showValue(value)}; expected text`);
  return value;
}

/** XGBoost stores parameters as text; this one must be a whole number in the range. */
export function wholeParam(parent: DocumentObject, key: string, range: { min: number; max: number }): number {
  const text = stringField(parent, key);
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= range.min && value <= range.max)) {
    throw new ModelFormatError(
      `${parent.path}.${key}`,
      `${showValue(text)}; expected a whole number from ${range.min} to ${range.max}`,
    );
  }
  return value;
}

export function showValue(value: DocumentValue | undefined): string {
  if (value === undefined) return "missing";
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  return Array.isArray(value) || ArrayBuffer.isView(value) ? "an array" : "an object";
}

function field(parent: DocumentObject, key: string): DocumentValue | undefined {
  return Object.hasOwn(parent.fields, key) ? parent.fields[key] : undefined;
}
