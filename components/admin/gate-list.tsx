import { Check, X } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Gate } from "@/lib/model-registry/contract";
import { IntervalStrip } from "./interval-strip";
import { formatInterval, formatMetric } from "./metric-format";

/** Each gate with its result, its 95% interval and the target that the estimate had to reach. */
export function GateList({ gates }: { gates: Gate[] }) {
  return (
    <ul className="space-y-2">
      {gates.map((gate) => (
        <li key={gate.metric} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-sm">
          <Badge tone={gate.passed ? "good" : "danger"} className="w-[4.5rem] justify-center">
            {gate.passed ? <Check aria-hidden /> : <X aria-hidden />}
            {gate.passed ? "passed" : "failed"}
          </Badge>
          <span className="min-w-44 text-ink">{gate.label}</span>
          <IntervalStrip result={gate.result} target={gate.target} />
          <span className="text-muted">
            {formatInterval(gate.result)}, target {formatMetric(gate.target)}
          </span>
        </li>
      ))}
    </ul>
  );
}
