import clsx from "clsx";

/** A grey place holder of what is on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx("animate-pulse rounded bg-sunken", className)} />;
}

/** A page's place holder: header and a table of `rows`. */
export function PageSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading" className="space-y-4">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-4 w-80 max-w-full" />
      <TableSkeleton rows={rows} />
    </div>
  );
}

export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className="space-y-3 rounded-lg border border-line bg-surface p-4">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a place holder have no identity
        <Skeleton key={row} className={clsx("h-4", row % 3 === 0 ? "w-11/12" : row % 3 === 1 ? "w-full" : "w-4/5")} />
      ))}
    </div>
  );
}
