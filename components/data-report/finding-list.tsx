import { Badge } from "@/components/ui/badge";
import type { Finding } from "@/lib/data-report/contract";

/** What is odd about the data, each with what follows from it. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {findings.map(({ severity, fact, advice }) => (
        <li key={fact} className="flex gap-3 px-4 py-3 text-sm max-sm:flex-col max-sm:gap-1">
          <Badge tone={severity === "serious" ? "danger" : "warn"} className="w-16 justify-center">
            {severity}
          </Badge>
          <div className="min-w-0">
            <p className="text-ink">{fact}</p>
            <p className="mt-0.5 text-muted">{advice}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
