import next from "next";
import type { Env } from "@/lib/env/env";
import type { WebServer } from "./web-server";

/** Starts Next in this process behind the web server, then the jobs. @returns what stops both. */
export async function serveProduct(args: {
  env: Env;
  web: WebServer;
  say: (line: string) => void;
}): Promise<() => Promise<void>> {
  const { HOST: hostname, PORT: port } = args.env;
  const app = next({ dev: false, dir: process.cwd(), hostname, port, httpServer: args.web.server });
  await app.prepare();
  args.web.handOver(app.getRequestHandler());
  const { startScheduler } = await import("@/jobs/runner/scheduler");
  const scheduler = startScheduler({ log: args.say });
  return async () => {
    await scheduler.stop();
    await app.close();
  };
}
