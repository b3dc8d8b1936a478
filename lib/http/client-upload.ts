import { ApiError, apiErrorOf } from "./client";

/**
 * Sends files from the browser to our own API, as multipart/form-data. The browser reads them from the disk as they go out.
 * @param args.onProgress gets bytes sent and bytes in all, which are a little more than the files'
 * @throws ApiError as callApi; what aborted `signal` where it did
 */
export function uploadFiles<T>(
  path: `/api/${string}`,
  args: { files: readonly File[]; signal: AbortSignal; onProgress: (sent: number, total: number) => void },
): Promise<T> {
  const body = new FormData();
  for (const file of args.files) body.append("file", file, file.name);
  // fetch does not tell how far it is.
  const request = new XMLHttpRequest();
  return new Promise<T>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => args.onProgress(loaded, total);
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(answer as T);
      else reject(apiErrorOf(request.status, answer));
    };
    request.onerror = () =>
      reject(
        new ApiError("unreachable", "The upload was cut off. Check the connection and send the files again.", null),
      );
    request.onabort = () => reject(args.signal.reason);
    args.signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", path);
    request.setRequestHeader("accept", "application/json");
    request.send(body);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
