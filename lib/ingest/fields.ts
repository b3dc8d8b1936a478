import { decodeField } from "./csv/read-records";
import { isDay, type TimeReader } from "./times";
import { userKey } from "./user-key";

/** What reading a field may depend on, beside its text. */
export type FieldContext = {
  readonly times: TimeReader;
  readonly currency: string;
  /** Hashes user ids; absent where no salt is configured and no file needs one. */
  readonly salt: string | undefined;
  /** Whether the chunk at hand is plain ASCII, so that text needs no decoding. */
  ascii: boolean;
};

/** Reads a field that is not empty. @returns its value in COPY's text format, or undefined where it does not fit. */
export type FieldReader = {
  readonly read: (bytes: string, context: FieldContext) => string | undefined;
  /** Completes "expected …". */
  readonly expected: string;
  readonly type: "text" | "integer" | "real" | "boolean" | "date" | "timestamptz";
  /** The words it takes, where it takes no others. */
  readonly words?: readonly string[];
};

/** Text of 1 to `lengthMax` characters, trimmed. */
export function text(lengthMax = 200): FieldReader {
  return {
    type: "text",
    expected: `text of at most ${lengthMax} characters without control characters`,
    read: (bytes, context) => {
      const value = (context.ascii ? bytes : decodeField(bytes)).trim();
      return value.length === 0 || value.length > lengthMax || CONTROL.test(value) ? undefined : escapeBackslash(value);
    },
  };
}

/** An id that the source gives. */
export const identifier = text(120);

/** One word of a list, in lower case. */
export function oneOf(...words: string[]): FieldReader {
  const known = new Set(words);
  return {
    type: "text",
    expected: `one of ${words.join(", ")}`,
    words,
    read: (bytes) => (known.has(bytes) ? bytes : undefined),
  };
}

const INTEGER_MAX = 2_147_483_647;

/** A whole number in digits, from `min` (not negative) to `max`. */
export function wholeNumber(min = 0, max = INTEGER_MAX): FieldReader {
  const range = max === INTEGER_MAX ? `a whole number >= ${min}` : `a whole number from ${min} to ${max}`;
  return {
    type: "integer",
    expected: max === INTEGER_MAX ? `${range} and <= ${max}` : range,
    read: (bytes) => {
      if (bytes.length > 10) return undefined;
      let value = 0;
      for (let i = 0; i < bytes.length; i += 1) {
        const digit = bytes.charCodeAt(i) - 48;
        if (digit < 0 || digit > 9) return undefined;
        value = value * 10 + digit;
      }
      if (value < min || value > max) return undefined;
      return bytes.charCodeAt(0) === 48 ? String(value) : bytes;
    },
  };
}

/** A decimal number from 0 to 100. */
export const percentage: FieldReader = {
  type: "real",
  expected: "a number from 0 to 100, with a point for decimals",
  read: (bytes) => (/^\d{1,3}(\.\d{1,6})?$/.test(bytes) && Number(bytes) <= 100 ? String(Number(bytes)) : undefined),
};

export const yesOrNo: FieldReader = {
  type: "boolean",
  expected: "true or false",
  read: (bytes) => {
    const word = bytes.toLowerCase();
    return word === "true" || word === "false" ? word : undefined;
  },
};

export const time: FieldReader = {
  type: "timestamptz",
  expected: "an ISO 8601 time such as 2026-03-01T09:30:00Z, or a date, in the years 1990 to 2100",
  read: (bytes, context) => context.times.read(bytes),
};

export const day: FieldReader = {
  type: "date",
  expected: "a date of the form YYYY-MM-DD in the years 1990 to 2100",
  read: (bytes) => (isDay(bytes) ? bytes : undefined),
};

export const email: FieldReader = {
  type: "text",
  expected: "an e-mail address",
  read: (bytes, context) => {
    const value = (context.ascii ? bytes : decodeField(bytes)).trim().toLowerCase();
    return value.length <= 254 && /^[^\s@\\]+@[^\s@\\]+\.[^\s@\\]+$/.test(value) && !CONTROL.test(value)
      ? value
      : undefined;
  },
};

/** The company's reporting currency; amounts in others cannot be added to it. */
export const reportingCurrency: FieldReader = {
  type: "text",
  expected: "the reporting currency of the settings",
  read: (bytes, context) => (bytes === context.currency ? bytes : undefined),
};

/** A user's id, hashed with the installation's salt: events of one user can be told together, not who it is. */
export const hashedUser: FieldReader = {
  type: "text",
  expected: "a user id of at most 200 bytes",
  read: (bytes, context) => {
    if (bytes.length > 200 || context.salt === undefined) return undefined;
    return userKey(context.salt, Buffer.from(bytes, "latin1"));
  },
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: Postgres cannot store NUL, and the others are never meant.
const CONTROL = /[\u0000-\u001f\u007f]/;

function escapeBackslash(value: string): string {
  return value.includes("\\") ? value.replaceAll("\\", "\\\\") : value;
}
