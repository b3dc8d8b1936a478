import type { Trace } from "@/lib/privacy/policy";

const SEPARATORS = '",;|\\t\\r\\n';

/**
 * Looks for any of the texts in a stream of bytes that is the text of a file, without regard to case, also where a piece ends
 * within one. UTF-16 is known by its byte order mark; everything else is read as UTF-8.
 */
export class TextSearch {
  #pattern: RegExp;
  #decoder: TextDecoder | undefined;
  #overlap: number;
  #tail = "\n";
  found = false;

  constructor(traces: readonly Trace[]) {
    this.#pattern = new RegExp(traces.map(patternOf).join("|"), "iu");
    // Quotes may be doubled within a field, and a short text is looked for with what stands around it.
    this.#overlap = 2 * Math.max(0, ...traces.map(({ text }) => text.length)) + 20;
  }

  write(bytes: Uint8Array): void {
    if (this.found) return;
    this.#decoder ??= new TextDecoder(encodingOf(bytes));
    this.#look(this.#decoder.decode(bytes, { stream: true }));
  }

  end(): void {
    if (!this.found) this.#look(`${this.#decoder?.decode() ?? ""}\n`);
  }

  #look(text: string): void {
    const whole = this.#tail + text;
    this.found = this.#pattern.test(whole);
    this.#tail = whole.slice(-this.#overlap);
  }
}

function patternOf({ text, match }: Trace): string {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replaceAll('"', '"{1,2}');
  return match === "anywhere" ? escaped : `(?<=[${SEPARATORS}] *)${escaped}(?= *[${SEPARATORS}])`;
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
}
