import type { DocumentValue } from "../ubj-reader";

/** Arrays that XGBoost writes as typed ones, with their marker. */
const typedArrays: ReadonlyMap<string, string> = new Map([
  ["base_weights", "d"],
  ["categories", "l"],
  ["categories_nodes", "l"],
  ["categories_segments", "L"],
  ["categories_sizes", "L"],
  ["default_left", "U"],
  ["left_children", "l"],
  ["loss_changes", "d"],
  ["parents", "l"],
  ["right_children", "l"],
  ["split_conditions", "d"],
  ["split_indices", "l"],
  ["split_type", "U"],
  ["sum_hessian", "d"],
]);

/** Writes a model document as UBJ the way XGBoost 1.7 does, so that tests can break one in any way. */
export function writeUbj(document: DocumentValue): Uint8Array {
  const chunks: Buffer[] = [];
  writeValue(chunks, document, "");
  return new Uint8Array(Buffer.concat(chunks));
}

/**
 * Writes a model document as JSON the way XGBoost does: real numbers always with an exponent, since its reader tells "0" and
 * "0E0" apart and refuses the first where it wants a real number.
 */
export function writeJson(document: DocumentValue): Uint8Array {
  return new TextEncoder().encode(jsonText(document, ""));
}

function jsonText(value: DocumentValue, key: string): string {
  if (Array.isArray(value)) {
    const asReal = typedArrays.get(key) === "d";
    return `[${value.map((entry) => (asReal && typeof entry === "number" ? realText(entry) : jsonText(entry, ""))).join(",")}]`;
  }
  if (value !== null && typeof value === "object" && !ArrayBuffer.isView(value)) {
    return `{${Object.entries(value)
      .map(([name, entry]) => `${JSON.stringify(name)}:${jsonText(entry, name)}`)
      .join(",")}}`;
  }
  return JSON.stringify(value);
}

function realText(value: number): string {
  return Number.isFinite(value) ? value.toExponential().toUpperCase() : String(value);
}

function writeValue(chunks: Buffer[], value: DocumentValue, key: string): void {
  if (typeof value === "string") {
    chunks.push(Buffer.from("S"), text(value));
  } else if (typeof value === "number") {
    writeNumber(chunks, value);
  } else if (value === null || typeof value === "boolean") {
    chunks.push(Buffer.from(value === null ? "Z" : value ? "T" : "F"));
  } else if (Array.isArray(value)) {
    writeArray(chunks, value, typedArrays.get(key));
  } else {
    chunks.push(Buffer.from("{"));
    for (const [name, entry] of Object.entries(value)) {
      chunks.push(text(name));
      writeValue(chunks, entry, name);
    }
    chunks.push(Buffer.from("}"));
  }
}

function writeArray(chunks: Buffer[], values: readonly DocumentValue[], type: string | undefined): void {
  if (type === undefined || !values.every((value) => typeof value === "number")) {
    chunks.push(Buffer.from("[#"), length(values.length));
    for (const value of values) writeValue(chunks, value, "");
    return;
  }
  chunks.push(Buffer.from(`[$${type}#`), length(values.length), ...values.map((value) => fixed(type, Number(value))));
}

function writeNumber(chunks: Buffer[], value: number): void {
  const type = !Number.isInteger(value)
    ? "d"
    : value >= -128 && value <= 127
      ? "i"
      : value >= -32_768 && value <= 32_767
        ? "I"
        : "l";
  chunks.push(Buffer.from(type), fixed(type, value));
}

function fixed(type: string, value: number): Buffer {
  const view = new DataView(new ArrayBuffer(8));
  const sizes: Record<string, number> = { i: 1, U: 1, I: 2, l: 4, L: 8, d: 4 };
  if (type === "i") view.setInt8(0, value);
  else if (type === "U") view.setUint8(0, value);
  else if (type === "I") view.setInt16(0, value);
  else if (type === "l") view.setInt32(0, value);
  else if (type === "L") view.setBigInt64(0, BigInt(value));
  else view.setFloat32(0, value);
  return Buffer.from(view.buffer, 0, sizes[type]);
}

function length(value: number): Buffer {
  return Buffer.concat([Buffer.from("L"), fixed("L", value)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "utf8");
  return Buffer.concat([length(bytes.length), bytes]);
}
