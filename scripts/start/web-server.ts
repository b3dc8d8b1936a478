import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { NOTHING_DONE, type StartProgress } from "./progress";
import { progressPagePolicy, renderProgressPage } from "./progress-page";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The product's one web server: it answers with the progress page from the first second, then with the product. */
export type WebServer = {
  readonly server: Server;
  show(progress: StartProgress): void;
  handOver(handler: Handler): void;
  close(): Promise<void>;
};

/**
 * Listens at once.
 * @param args.trustForwarded false: X-Forwarded-For is replaced by the address that really connects, so that nobody can
 *   pretend to be another; true where a proxy stands before the product and writes that header
 * @throws Error naming PORT or HOST where it cannot listen there
 */
export async function listenForPeople(args: {
  host: string;
  port: number;
  trustForwarded: boolean;
}): Promise<WebServer> {
  let progress = NOTHING_DONE;
  let handler: Handler | undefined;
  const server = createServer((request, response) => {
    if (!args.trustForwarded) request.headers["x-forwarded-for"] = request.socket.remoteAddress;
    if (request.url === "/progress.json") {
      // Steps are still shown after the hand-over, by those who know nothing of it.
      const state: StartProgress = { ...progress, ready: handler !== undefined };
      return answer(response, 200, "application/json", JSON.stringify(state));
    }
    if (!handler) return answerEarly(request, response, progress);
    handler(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await listen(server, args);
  return {
    server,
    show: (next) => {
      progress = next;
    },
    handOver: (next) => {
      handler = next;
    },
    close: () => close(server),
  };
}

/** People get the page; a script or an image that was asked for too early is told to come back. */
function answerEarly(request: IncomingMessage, response: ServerResponse, progress: StartProgress): void {
  const wantsPage = request.method === "GET" && (request.headers.accept ?? "*/*").match(/text\/html|\*\/\*/);
  const isAsset = /^\/(_next|api)\//.test(request.url ?? "");
  if (!wantsPage || isAsset) {
    response.setHeader("Retry-After", "5");
    answer(response, 503, "text/plain; charset=utf-8", "Tideline is starting\n");
    return;
  }
  response.setHeader("Content-Security-Policy", progressPagePolicy());
  answer(response, 200, "text/html; charset=utf-8", renderProgressPage(progress));
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "Content-Type": type,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(body);
}

function listen(server: Server, args: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        reject(new Error(`PORT is ${args.port}: another program listens there; set PORT to a free one`));
      } else reject(new Error(`HOST is "${args.host}", PORT is ${args.port}: cannot listen there (${error.message})`));
    });
    server.listen({ host: args.host, port: args.port }, resolve);
  });
}

/** Requests under way have three seconds to end. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), 3000);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
