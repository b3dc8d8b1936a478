import { importDeliveries } from "@/lib/deliveries/import-service";
import { findInstallation } from "@/lib/installation/service";
import { FinalJobError, type JobHandler } from "../runner/define-job";

/**
 * Imports what came in. The run fails where something was refused, so that somebody sees it; what else there was is imported
 * all the same, and other jobs do not wait for it.
 */
export const handleImportFiles: JobHandler<"import-files"> = async (job) => {
  if ((await findInstallation())?.mode === "demo")
    throw new FinalJobError(
      "This installation holds demo data and takes no files: begin empty with `npm run reset -- --empty`",
    );
  const report = await importDeliveries({ ...job, inbox: job.payload.inbox ?? true });
  const said = [...report.failed, ...report.refused, ...report.problems];
  if (said.length === 0) return { ...report };
  const message = [`Imported ${report.imported}; not imported:`, ...said].join("\n");
  // What failed may go through another time; what was refused will not.
  throw report.failed.length > 0 ? new Error(message) : new FinalJobError(message);
};
