import { Boxes } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatBytes, formatCount, formatInstant } from "@/components/ui/format";
import type { ModelVersionView } from "@/lib/model-registry/contract";
import { GateList } from "./gate-list";
import { PromoteModel } from "./promote-model";

/** Versions, newest first, each with its gates; `mayPromote` adds the way to appoint one. */
export function ModelVersionList({
  versions,
  zone,
  mayPromote,
}: {
  versions: ModelVersionView[];
  zone: string;
  mayPromote: boolean;
}) {
  if (versions.length === 0)
    return (
      <EmptyState icon={Boxes} title="There is no model yet">
        A training run that succeeds makes one. It needs closed label windows with enough departures.
      </EmptyState>
    );
  return (
    <ul className="space-y-3">
      {versions.map((version) => (
        <li key={version.id}>
          <Card
            title={
              <span className="flex flex-wrap items-center gap-2">
                Model {version.number}
                {version.isChampion && <Badge tone="accent">champion</Badge>}
                <Badge tone={version.gatesPassed ? "good" : "warn"}>
                  {version.gatesPassed ? "all gates passed" : "gates not passed"}
                </Badge>
              </span>
            }
            actions={mayPromote && !version.isChampion ? <PromoteModel version={version} /> : undefined}
          >
            <GateList gates={version.gates} />
            {version.promotion && <Promotion promotion={version.promotion} zone={zone} />}
            <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-xs text-faint">
              <span>Trained {formatInstant(version.createdAt, zone)}</span>
              <Link href={`/training-runs/${version.trainingRunId}`} className="text-accent-text hover:underline">
                Training run #{version.trainingRunId}
              </Link>
              <span>{formatCount(version.columnCount)} features</span>
              <span>{formatBytes(version.boosterBytes)}</span>
              <span>
                calibrated with a {version.calibrator.a.toFixed(3)}, b {version.calibrator.b.toFixed(3)}
              </span>
              <span className="font-mono" title={version.checksum}>
                {version.checksum.slice(0, 12)}
              </span>
            </p>
          </Card>
        </li>
      ))}
    </ul>
  );
}

function Promotion({ promotion, zone }: { promotion: NonNullable<ModelVersionView["promotion"]>; zone: string }) {
  return (
    <p className="mt-3 border-l-2 border-line-strong pl-3 text-sm text-muted">
      Made champion by {promotion.by} on {formatInstant(promotion.at, zone)}
      {!promotion.gatesPassed && ", although not all gates were passed"}: “{promotion.reason}”
    </p>
  );
}
