import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { DomainError } from "@/lib/http/domain-error";

/** A sender who says nothing for so long has gone. */
const IDLE_MS_MAX = 60_000;

/** Counts what an upload has written, over all its files, against what is allowed. */
export class UploadBudget {
  #left: number;
  readonly #max: number;

  /** @param bytesMax the most that all files of a delivery may have together */
  constructor(bytesMax: number) {
    this.#left = bytesMax;
    this.#max = bytesMax;
  }

  /** @throws DomainError too_large */
  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) throw tooLarge(this.#max);
  }
}

export function tooLarge(bytesMax: number): DomainError {
  const most = `${Math.floor(bytesMax / 1_000_000).toLocaleString("en-US")} MB`;
  return new DomainError(
    "too_large",
    `body: expected at most ${most}, the setting deliveryMegabytesMax: send it in parts`,
  );
}

/**
 * Writes a file as its bytes come in, never holding more than a chunk, and makes sure that they are on the disk.
 * @returns its size and sha256
 * @throws DomainError too_large; refused where the disk is full; what the stream throws where it is cut off
 */
export async function writeFileFrom(args: {
  file: string;
  content: AsyncIterable<Uint8Array>;
  budget: UploadBudget;
  idleMsMax?: number;
}): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  const handle = await open(args.file, "wx", 0o600);
  try {
    for await (const chunk of untilIdle(args.content, args.idleMsMax ?? IDLE_MS_MAX)) {
      args.budget.spend(chunk.length);
      bytes += chunk.length;
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } catch (error) {
    const full = ["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "");
    throw full
      ? new DomainError("refused", "The data folder's disk is full: make room and send the files again.")
      : error;
  } finally {
    await handle.close();
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** Size and sha256 of a file that lies here. */
export async function measureFile(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, sha256: hash.digest("hex") };
}

async function* untilIdle(content: AsyncIterable<Uint8Array>, msMax: number): AsyncGenerator<Uint8Array> {
  const chunks = content[Symbol.asyncIterator]();
  let ended = false;
  try {
    while (!ended) {
      const next = await within(chunks.next(), msMax);
      ended = next.done === true;
      if (!next.done) yield next.value;
    }
  } finally {
    // Not waited for: a stream that says nothing does not answer this either.
    if (!ended) chunks.return?.().catch(() => {});
  }
}

async function within<T>(work: Promise<T>, msMax: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DomainError("invalid_input", `body: nothing came for ${msMax / 1000} seconds`)),
      msMax,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
