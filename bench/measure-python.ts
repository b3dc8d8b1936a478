import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { findPythonXgboost, fitByPython, type PythonTimes } from "./python-xgboost";
import { runStep } from "./run-step";
import { CONTRIBUTION_ROWS, type FitTimes, type MatrixShape, ROUNDS } from "./steps/fit-matrix";
import { formatCount, formatMegabytes, formatRatio, formatSeconds, formatTable } from "./table";

const SHAPE: MatrixShape = { rows: 100_000, columns: 60 };
/** Both in turn, so that what else the machine does meets both; the fastest of each counts. */
const REPETITIONS = 3;

/** Training and prediction beside Debian's python3-xgboost: same matrix, parameters and threads. */
export async function measureAgainstPython(say: (line: string) => void): Promise<string> {
  const pythonVersion = await findPythonXgboost();
  if (pythonVersion === null)
    return "Skipped: /usr/bin/python3 has no xgboost. On Debian: apt-get install -y python3-xgboost";
  const folder = await mkdtemp(path.join(os.tmpdir(), "tideline-bench-matrix-"));
  try {
    await runStep("write-matrix", { folder, shape: SHAPE });
    const ours: (FitTimes & { peakBytes: number | null; library: string })[] = [];
    const theirs: PythonTimes[] = [];
    for (let turn = 1; turn <= REPETITIONS; turn += 1) {
      say(`training and predicting, turn ${turn} of ${REPETITIONS}`);
      const run = await runStep("fit-matrix", { folder, shape: SHAPE });
      ours.push(run);
      theirs.push(await fitByPython({ folder, shape: SHAPE, nativeParams: run.nativeParams }));
    }
    const library = `XGBoost ${ours[0]?.version} (${ours[0]?.library}) beside Python's ${pythonVersion}`;
    return `${library}\n${compareTimes(ours, theirs)}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function compareTimes(
  ours: readonly (FitTimes & { peakBytes: number | null })[],
  theirs: readonly PythonTimes[],
): string {
  const pieces = [
    [`training, ${ROUNDS} rounds x ${formatCount(SHAPE.rows)} rows x ${SHAPE.columns}`, "trainSeconds"],
    [`margins of ${formatCount(SHAPE.rows)} rows`, "marginSeconds"],
    [`contributions of ${formatCount(CONTRIBUTION_ROWS)} rows`, "contributionSeconds"],
  ] as const;
  const rows = pieces.map(([name, key]) => {
    const own = Math.min(...ours.map((run) => run[key]));
    const python = Math.min(...theirs.map((run) => run[key]));
    return [name, formatSeconds(own), formatSeconds(python), formatRatio(own / python)];
  });
  const peaks = [ours, theirs].map((runs) => Math.max(...runs.map((run) => run.peakBytes ?? 0)));
  rows.push(["peak memory", ...peaks.map(formatMegabytes), formatRatio((peaks[0] ?? 0) / (peaks[1] ?? 0))]);
  return formatTable(["fastest of each", "here", "Python", "ratio"], rows);
}
