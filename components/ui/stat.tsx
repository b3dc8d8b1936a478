import type { ReactNode } from "react";

/** One figure with its name and what qualifies it (n, interval, change). */
export function Stat({ label, value, detail }: { label: ReactNode; value: ReactNode; detail?: ReactNode }) {
  return (
    <div className="min-w-0 rounded-lg border border-line bg-surface px-4 py-3">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="mt-0.5">
        <span className="text-xl font-semibold tracking-tight text-ink tabular-nums">{value}</span>
        {detail && <span className="block text-xs text-faint">{detail}</span>}
      </dd>
    </div>
  );
}
