import type { ImportReport } from "@/lib/ingest/contract";
import type { DeliveryCheck } from "./contract";

/** What a dry run's report tells the person who decides. */
export function checkOfReport(report: ImportReport): DeliveryCheck {
  return {
    outcome: "importable",
    rowsRead: report.rowsRead,
    files: report.files.map((file) => ({
      file: file.file,
      rowsRead: file.rowsRead,
      rowsNew: file.rowsNew,
      rowsVersion: file.rowsVersion,
      rowsSame: file.rowsSame,
      rowsBad: file.rowsBad,
      rowsWaiting: file.rowsWaiting,
      rowsArrived: file.rowsArrived,
      rowsBeforeSignUp: file.rowsBeforeSignUp,
      rowsOutsideSubscription: file.rowsOutsideSubscription,
      firstAt: file.firstAt?.toISOString() ?? null,
      lastAt: file.lastAt?.toISOString() ?? null,
    })),
    inputs: report.inputs.map(({ file, rowsRead, rowsUnused }) => ({ file, rowsRead, rowsUnused })),
    reasons: Object.entries(report.quarantined)
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    samples: report.samples,
    rowsGivenUp: report.rowsGivenUp,
  };
}
