import { DomainError } from "./domain-error";

/** One file of an upload; `content` must be read, or is passed over, before the next file comes. */
export type UploadedFile = { readonly name: string; readonly content: AsyncIterable<Uint8Array> };

const HEADER_BYTES_MAX = 8_192;
const LINE_END = Buffer.from("\r\n");
const HEADER_END = Buffer.from("\r\n\r\n");

/** The boundary of a multipart/form-data content type; null for any other type. @throws DomainError where it names none. */
export function multipartBoundary(contentType: string | null): string | null {
  if (!/^multipart\/form-data\b/i.test(contentType ?? "")) return null;
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? "");
  const boundary = match?.[1] ?? match?.[2];
  if (!boundary) throw new DomainError("invalid_input", "content-type: expected a boundary of at most 70 characters");
  return boundary;
}

/**
 * The files of a multipart/form-data body (RFC 7578) as they come in, so that the size of the body does not matter: never
 * more than a chunk and a delimiter is held.
 * @throws DomainError for a part that is no file, and where the body ends before its last boundary
 */
export async function* readMultipart(args: {
  body: AsyncIterable<Uint8Array>;
  boundary: string;
}): AsyncGenerator<UploadedFile> {
  // The first boundary need not follow a line; given one, all are found alike.
  const source = new Source(args.body, LINE_END);
  const delimiter = Buffer.from(`\r\n--${args.boundary}`);
  await drain(source.until(delimiter));
  while (!(await endsHere(source))) {
    const content = source.until(delimiter);
    yield { name: fileName(await readHeaders(source)), content };
    await drain(content);
  }
}

/** Behind a boundary "--" says that it was the last; else its line ends, after any blanks. */
async function endsHere(source: Source): Promise<boolean> {
  const rest = await source.line(HEADER_BYTES_MAX);
  if (rest.startsWith("--")) return true;
  if (rest.trim() !== "") throw malformed("a boundary is followed by other text");
  return false;
}

async function readHeaders(source: Source): Promise<string> {
  let size = 0;
  const pieces: Buffer[] = [];
  // With the line end before it, a part without headers ends its headers at once.
  source.unread(LINE_END);
  for await (const piece of source.until(HEADER_END)) {
    size += piece.length;
    if (size > HEADER_BYTES_MAX) throw malformed(`the headers of a part are longer than ${HEADER_BYTES_MAX} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

function fileName(headers: string): string {
  const disposition = headers.split("\r\n").find((line) => /^content-disposition:/i.test(line)) ?? "";
  const given = /;\s*filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1];
  if (given === undefined) {
    const field = /;\s*name="([^"]*)"/i.exec(disposition)?.[1] ?? "without a name";
    throw new DomainError("invalid_input", `body: expected files only, got the field "${field}"`);
  }
  // Browsers write what a quoted text cannot hold as %22, %0D and %0A, other programs with a backslash.
  return given
    .replace(/\\(.)/g, "$1")
    .replace(/%(22|0D|0A)/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

async function drain(content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of content);
}

/** Reads a stream of bytes up to marks. */
class Source {
  #held: Buffer;
  readonly #chunks: AsyncIterator<Uint8Array>;

  constructor(body: AsyncIterable<Uint8Array>, before: Buffer) {
    this.#held = before;
    this.#chunks = body[Symbol.asyncIterator]();
  }

  unread(bytes: Buffer): void {
    this.#held = Buffer.concat([bytes, this.#held]);
  }

  /** What comes before the mark; the mark itself is passed over. */
  async *until(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at >= 0) {
        const last = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + mark.length);
        if (last.length > 0) yield last;
        return;
      }
      // The mark may have begun in the last bytes.
      const sure = this.#held.length - mark.length + 1;
      if (sure > 0) {
        const piece = this.#held.subarray(0, sure);
        this.#held = this.#held.subarray(sure);
        yield piece;
      }
      if (!(await this.#fill())) throw malformed("it ends before its last boundary");
    }
  }

  /** The rest of this line, or of the body, without the line's end. */
  async line(bytesMax: number): Promise<string> {
    for (;;) {
      const at = this.#held.indexOf(LINE_END);
      if (at >= 0) {
        const line = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + LINE_END.length);
        return line.toString("latin1");
      }
      if (this.#held.length > bytesMax) throw malformed("a boundary is followed by other text");
      if (!(await this.#fill())) {
        const line = this.#held;
        this.#held = Buffer.alloc(0);
        return line.toString("latin1");
      }
    }
  }

  async #fill(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done) return false;
    this.#held = Buffer.concat([this.#held, value]);
    return true;
  }
}

function malformed(how: string): DomainError {
  return new DomainError("invalid_input", `body: not a whole multipart/form-data upload: ${how}`);
}
