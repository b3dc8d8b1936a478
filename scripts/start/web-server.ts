import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { OwnDataOffer } from "./own-data-offer";
import { type DataBegun, NOTHING_DONE, type StartProgress, type StartView } from "./progress";
import { OWN_DATA_PATH, progressPagePolicy, renderProgressPage } from "./progress-page";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The product's one web server: it answers with the progress page from the first second, then with the product. */
export type WebServer = {
  readonly server: Server;
  show(progress: StartProgress): void;
  showData(data: DataBegun): void;
  /** Lets people accept the offer on the progress page, by its code. */
  offerOwnData(offer: OwnDataOffer): void;
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
  let data: DataBegun = "unknown";
  let offer: OwnDataOffer | undefined;
  let handler: Handler | undefined;
  const view = (): StartView => ({
    ...progress,
    // Steps are still shown after the hand-over, by those who know nothing of it.
    ready: handler !== undefined,
    data,
    ownDataOffered: offer?.state === "open",
  });
  const server = createServer({ requestTimeout: REQUEST_MS_MAX }, (request, response) => {
    if (!args.trustForwarded) request.headers["x-forwarded-for"] = request.socket.remoteAddress;
    if (request.url === "/progress.json") return answer(response, 200, "application/json", JSON.stringify(view()));
    if (!handler && offer && request.method === "POST" && request.url === OWN_DATA_PATH) {
      const open = offer;
      return readCode(request, (code) => answerCode(response, { result: open.answer(code), view }));
    }
    if (!handler) return answerEarly(request, response, view());
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
    showData: (next) => {
      data = next;
    },
    offerOwnData: (next) => {
      offer = next;
    },
    handOver: (next) => {
      handler = next;
    },
    close: () => close(server),
  };
}

/** Node's own five minutes are too short for a large file over a slow line; who says nothing for a minute is given up anyway. */
const REQUEST_MS_MAX = 3_600_000;

/** People get the page; a script or an image that was asked for too early is told to come back. */
function answerEarly(request: IncomingMessage, response: ServerResponse, view: StartView): void {
  const wantsPage = request.method === "GET" && (request.headers.accept ?? "*/*").match(/text\/html|\*\/\*/);
  const isAsset = /^\/(_next|api)\//.test(request.url ?? "");
  if (!wantsPage || isAsset) {
    response.setHeader("Retry-After", "5");
    answer(response, 503, "text/plain; charset=utf-8", "Tideline is starting\n");
    return;
  }
  answerPage(response, 200, renderProgressPage(view));
}

/** To who sent a code: back to the page, or the page that says it was wrong. */
function answerCode(
  response: ServerResponse,
  { result, view }: { result: ReturnType<OwnDataOffer["answer"]>; view: () => StartView },
): void {
  if (result === "wrong") {
    answerPage(response, 403, renderProgressPage(view(), "That is not the code that the terminal shows."));
    return;
  }
  response.writeHead(303, { Location: "/", "Cache-Control": "no-store" });
  response.end();
}

function readCode(request: IncomingMessage, done: (code: string) => void): void {
  let text = "";
  request.setEncoding("utf8");
  request.on("data", (part: string) => {
    if (text.length < FORM_LENGTH_MAX) text += part;
  });
  request.on("end", () => done(new URLSearchParams(text).get("code") ?? ""));
}

const FORM_LENGTH_MAX = 1000;

function answerPage(response: ServerResponse, status: number, page: string): void {
  response.setHeader("Content-Security-Policy", progressPagePolicy());
  answer(response, status, "text/html; charset=utf-8", page);
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
