/** How Chromium is started for journeys and screenshots: as root without its sandbox, and quiet towards the network. */
export function chromiumArguments(): string[] {
  return [
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
  ];
}
