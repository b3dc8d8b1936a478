import { ModelFormatError } from "./errors";

/** What a UBJ or JSON document holds. Typed number arrays of UBJ stay typed. */
export type DocumentValue =
  | null
  | boolean
  | number
  | string
  | readonly DocumentValue[]
  | NumberArray
  | { readonly [key: string]: DocumentValue };

export type NumberArray = Int8Array | Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** Levels of nesting in a model document; XGBoost's own reach 7. */
export const documentDepthMax = 32;

/**
 * Reads Universal Binary JSON as XGBoost writes it (lengths always int64, numbers big-endian, typed arrays `[$t#L…`), and
 * nothing more lenient: a document that two readers could understand differently must not pass.
 *
 * @throws ModelFormatError at a byte offset: unknown marker, a length beyond the data, a repeated key, too deep, bytes left over
 */
export function readUbj(bytes: Uint8Array): DocumentValue {
  const reader = new UbjReader(bytes);
  const value = reader.readValue(reader.readMarker(), 0);
  if (reader.offset !== bytes.length) reader.fail(`${bytes.length - reader.offset} bytes after the end; expected none`);
  return value;
}

class UbjReader {
  offset = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  readValue(marker: string, depth: number): DocumentValue {
    if (depth > documentDepthMax) this.fail(`nested deeper than ${documentDepthMax}`);
    switch (marker) {
      case "{":
        return this.#readObject(depth);
      case "[":
        return this.#readArray(depth);
      case "S":
        return this.#readString();
      case "T":
        return true;
      case "F":
        return false;
      case "Z":
        return null;
      default:
        return this.#readNumber(marker);
    }
  }

  readMarker(): string {
    return String.fromCharCode(this.#bytes[this.#take(1)]!);
  }

  fail(problem: string): never {
    throw new ModelFormatError(`byte ${this.offset}`, problem);
  }

  #readObject(depth: number): { readonly [key: string]: DocumentValue } {
    const entries = new Map<string, DocumentValue>();
    for (;;) {
      const marker = this.readMarker();
      if (marker === "}") return Object.fromEntries(entries);
      if (marker !== "L") this.fail(`key length with marker ${quote(marker)}; expected "L"`);
      this.offset -= 1;
      const key = this.#readString();
      if (entries.has(key)) this.fail(`key ${quote(key)} appears twice`);
      entries.set(key, this.readValue(this.readMarker(), depth + 1));
    }
  }

  #readArray(depth: number): DocumentValue {
    const first = this.readMarker();
    if (first === "$") {
      const type = this.readMarker();
      if (this.readMarker() !== "#") this.fail('typed array without "#"');
      return this.#readTypedArray(type, this.#readLength());
    }
    const items: DocumentValue[] = [];
    if (first === "#") {
      const length = this.#readLength();
      // Each item takes a byte at least, so a length beyond the data is wrong before anything is read.
      if (length > this.#bytes.length - this.offset)
        this.fail(`array of ${length} items in the ${this.#bytes.length - this.offset} bytes left`);
      for (let index = 0; index < length; index++) items.push(this.readValue(this.readMarker(), depth + 1));
      return items;
    }
    for (let marker = first; marker !== "]"; marker = this.readMarker()) items.push(this.readValue(marker, depth + 1));
    return items;
  }

  #readTypedArray(type: string, length: number): NumberArray {
    const size = numberSizes.get(type);
    if (size === undefined)
      return this.fail(`typed array of ${quote(type)}; expected one of ${[...numberSizes.keys()].join(" ")}`);
    if (length * size > this.#bytes.length - this.offset) {
      this.fail(`array of ${length} x ${size} bytes in the ${this.#bytes.length - this.offset} bytes left`);
    }
    const values = emptyArray(type, length);
    for (let index = 0; index < length; index++) values[index] = this.#readNumber(type);
    return values;
  }

  #readNumber(type: string): number {
    const size = numberSizes.get(type);
    if (size === undefined) return this.fail(`marker ${quote(type)} is not one that XGBoost writes`);
    const at = this.#take(size);
    switch (type) {
      case "i":
        return this.#view.getInt8(at);
      case "U":
        return this.#view.getUint8(at);
      case "I":
        return this.#view.getInt16(at);
      case "l":
        return this.#view.getInt32(at);
      case "d":
        return this.#view.getFloat32(at);
      case "D":
        return this.#view.getFloat64(at);
      default:
        return this.#safeInteger(this.#view.getBigInt64(at));
    }
  }

  #readLength(): number {
    const marker = this.readMarker();
    if (marker !== "L") this.fail(`length with marker ${quote(marker)}; expected "L"`);
    const length = this.#readNumber("L");
    if (length < 0) this.fail(`length ${length}; expected at least 0`);
    return length;
  }

  #readString(): string {
    const length = this.#readLength();
    const at = this.#take(length);
    try {
      return this.#decoder.decode(this.#bytes.subarray(at, at + length));
    } catch {
      return this.fail("a string that is not UTF-8");
    }
  }

  #safeInteger(value: bigint): number {
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER))
      this.fail(`integer ${value} out of range`);
    return Number(value);
  }

  #take(size: number): number {
    const at = this.offset;
    if (size > this.#bytes.length - at)
      this.fail(`ends early: ${size} bytes expected, ${this.#bytes.length - at} left`);
    this.offset = at + size;
    return at;
  }
}

const numberSizes: ReadonlyMap<string, number> = new Map([
  ["i", 1],
  ["U", 1],
  ["I", 2],
  ["l", 4],
  ["L", 8],
  ["d", 4],
  ["D", 8],
]);

function emptyArray(type: string, length: number): NumberArray {
  switch (type) {
    case "i":
      return new Int8Array(length);
    case "U":
      return new Uint8Array(length);
    case "I":
      return new Int16Array(length);
    case "l":
      return new Int32Array(length);
    case "d":
      return new Float32Array(length);
    default:
      // int64 values are checked to be safe integers, which a double holds exactly.
      return new Float64Array(length);
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}
