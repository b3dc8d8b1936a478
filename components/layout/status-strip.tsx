import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { formatDay } from "@/components/ui/format";
import type { ProductStatus } from "@/lib/product-status/contract";

/**
 * The line over every page: whether the data is simulated, how old the scores are, and a champion with a failed gate; before
 * the first scores it shows admins (`toSetUp`) the way to them.
 */
export function StatusStrip({ status, now, toSetUp }: { status: ProductStatus; now: Date; toSetUp: boolean }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
      {status.mode === "demo" && <Badge tone="accent">Demo data</Badge>}
      <span>{status.companyName ?? "Company not named yet"}</span>
      <ScoreAge status={status} now={now} />
      {toSetUp && (
        <Link href="/setup" className="font-medium text-accent-text underline underline-offset-2">
          Go on with set-up
        </Link>
      )}
      {status.override && (
        <span className="line-clamp-2 min-w-0 text-warn-text">
          <Badge tone="warn" className="mr-1.5">
            Model {status.override.modelNumber}: gates not passed
          </Badge>
          In use because: {status.override.reason} ({status.override.actorLabel})
        </span>
      )}
    </div>
  );
}

function ScoreAge({ status, now }: { status: ProductStatus; now: Date }) {
  const { scores, zone } = status;
  if (!scores) return <span>No scores yet</span>;
  const weeks = scores.weeksBehind;
  return (
    <>
      <span>
        Scores of {formatDay(scores.asOf, zone, now)}, data to {formatDay(scores.dataTo, zone, now)}
      </span>
      {weeks > 0 && (
        <Badge tone="warn">
          {weeks} {weeks === 1 ? "week" : "weeks"} old
        </Badge>
      )}
    </>
  );
}
