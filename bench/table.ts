/** A plain table: columns as wide as their longest cell, the first to the left, numbers to the right. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  const format = (line: readonly string[]) =>
    header
      .map((_, column) => {
        const cell = line[column] ?? "";
        return column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
      })
      .join("  ")
      .trimEnd();
  return lines.map(format).join("\n");
}

export function formatSeconds(seconds: number): string {
  return seconds < 10 ? `${seconds.toFixed(2)} s` : `${seconds.toFixed(1)} s`;
}

export function formatCount(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

export function formatMegabytes(bytes: number | null): string {
  return bytes === null ? "not known" : `${formatCount(bytes / 2 ** 20)} MB`;
}

/** Processor time, which Linux alone tells of a server. */
export function formatCpu(seconds: number | null): string {
  return seconds === null ? "not known" : formatSeconds(seconds);
}

/** Of a cost to the one it is compared with: 1.00 is equal. */
export function formatRatio(ratio: number): string {
  return Number.isFinite(ratio) ? ratio.toFixed(2) : "";
}
