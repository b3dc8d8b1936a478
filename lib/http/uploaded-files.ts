import { DomainError } from "./domain-error";
import { multipartBoundary, readMultipart, type UploadedFile } from "./multipart";

/**
 * The files that a request carries: several as multipart/form-data, else the body is one file of the name given. They are
 * read as they come in.
 * @throws DomainError where there is no body, it is compressed, or one file has no name
 */
export function uploadedFiles(request: Request, name: string | undefined): AsyncIterable<UploadedFile> {
  const encoding = request.headers.get("content-encoding");
  if (encoding && encoding !== "identity")
    throw new DomainError("invalid_input", `content-encoding is "${encoding}": expected files as they are`);
  if (!request.body)
    throw new DomainError("invalid_input", "body: expected a CSV file, or several as multipart/form-data");
  const body = request.body as AsyncIterable<Uint8Array> & ReadableStream<Uint8Array>;
  const boundary = multipartBoundary(request.headers.get("content-type"));
  if (boundary !== null) return readMultipart({ body, boundary });
  if (!name)
    throw new DomainError("invalid_input", "query.file: expected the name of the file in the body, such as usage.csv");
  return only({ name, content: body });
}

/** Of the content-length header; null where the sender does not say. */
export function bytesExpected(request: Request): number | null {
  const given = Number(request.headers.get("content-length") ?? Number.NaN);
  return Number.isSafeInteger(given) ? given : null;
}

async function* only(file: UploadedFile): AsyncGenerator<UploadedFile> {
  yield file;
}
