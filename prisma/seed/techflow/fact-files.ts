import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { type FactFile, FILE_COLUMNS } from "./fact-rows";

const FLUSH_CHARACTERS = 1 << 20;

type OpenFile = { readonly descriptor: number; pending: string };

/** Writes canonical CSV files into one folder; a file without rows is not made. */
export class FactFiles {
  readonly #open = new Map<FactFile, OpenFile>();
  readonly #rows = new Map<FactFile, number>();

  constructor(readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  /** Lines written so far without the header. */
  rows(file: FactFile): number {
    return this.#rows.get(file) ?? 0;
  }

  append(file: FactFile, lines: readonly string[]): void {
    if (lines.length === 0) return;
    let open = this.#open.get(file);
    if (!open) {
      const descriptor = openSync(path.join(this.directory, `${file}.csv`), "w");
      open = { descriptor, pending: `${FILE_COLUMNS[file].join(",")}\n` };
      this.#open.set(file, open);
    }
    for (const line of lines) open.pending += `${line}\n`;
    this.#rows.set(file, this.rows(file) + lines.length);
    if (open.pending.length > FLUSH_CHARACTERS) flush(open);
  }

  close(): void {
    for (const open of this.#open.values()) {
      flush(open);
      closeSync(open.descriptor);
    }
    this.#open.clear();
  }
}

function flush(open: OpenFile): void {
  writeSync(open.descriptor, open.pending);
  open.pending = "";
}
