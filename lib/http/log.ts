/** One line of JSON on stderr, for whoever runs the server. Never pass bodies, passwords or cookies. */
export function logEvent(level: "info" | "warn" | "error", event: string, detail: Record<string, unknown>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...detail })}\n`);
}
