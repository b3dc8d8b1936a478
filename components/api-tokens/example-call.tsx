/** How a program sends a file of the source; shown in the browser only, whose address it uses. */
export function ExampleCall({ source }: { source: string }) {
  const lines = [
    "curl -X POST -T usage.csv \\",
    '  -H "Authorization: Bearer $TOKEN" \\',
    `  "${window.location.origin}/api/v1/imports/${source}?file=usage.csv"`,
  ];
  return (
    <div className="mb-4 space-y-1">
      <p className="text-sm text-muted">A program sends a file with it so:</p>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-md bg-sunken p-2.5 font-mono text-xs text-ink"
      >
        {lines.join("\n")}
      </pre>
    </div>
  );
}
