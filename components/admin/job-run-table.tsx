"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { Badge, type Tone } from "@/components/ui/badge";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDuration, formatInstant } from "@/components/ui/format";
import { Pagination } from "@/components/ui/pagination";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import { callApi } from "@/lib/http/client";
import type { JobRunPage, JobRunView, JobStatus } from "@/lib/job-runs/contract";
import { RunJobMenu } from "./run-job-menu";

const BUSY_POLL_MS = 2_000;
const IDLE_POLL_MS = 20_000;
const TONES: Record<JobStatus, Tone> = { waiting: "neutral", running: "accent", succeeded: "good", failed: "danger" };

/** Runs of all jobs, kept fresh: every 2 s while one is under way. `before` is where this page begins, null for the first. */
export function JobRunTable({
  initial,
  before,
  zone,
  demo,
}: {
  initial: JobRunPage;
  before: string | null;
  zone: string;
  demo: boolean;
}) {
  const queryClient = useQueryClient();
  const queryKey = ["job-runs", before];
  const page = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const search = before ? `?${new URLSearchParams({ before })}` : "";
      return callApi<JobRunPage>(`/api/v1/admin/job-runs${search}`, { signal });
    },
    initialData: initial,
    refetchInterval: ({ state }) => (state.data?.runs.some(isOpen) ? BUSY_POLL_MS : IDLE_POLL_MS),
  });
  const { runs, nextBefore } = page.data;
  return (
    <div className="space-y-3">
      {before === null && (
        <RunJobMenu demo={demo} onRequested={() => queryClient.invalidateQueries({ queryKey: ["job-runs"] })} />
      )}
      {page.isError && <Callout tone="warn">This list is not fresh: {page.error.message}</Callout>}
      {runs.length === 0 ? (
        <EmptyState icon={CalendarClock} title="No job has run yet">
          The schedule begins them, or you do with the buttons above.
        </EmptyState>
      ) : (
        <Table label="Job runs">
          <TableHead>
            <HeaderCell>Job</HeaderCell>
            <HeaderCell>State</HeaderCell>
            <HeaderCell>Slot</HeaderCell>
            <HeaderCell>Began</HeaderCell>
            <HeaderCell numeric>Took</HeaderCell>
            <HeaderCell numeric>Attempt</HeaderCell>
            <HeaderCell>Asked for by</HeaderCell>
          </TableHead>
          <TableBody>
            {runs.map((run) => (
              <JobRunRow key={run.id} run={run} zone={zone} />
            ))}
          </TableBody>
        </Table>
      )}
      <Pagination
        firstHref={before ? "/job-runs" : null}
        nextHref={nextBefore ? `/job-runs?${new URLSearchParams({ before: nextBefore })}` : null}
      />
    </div>
  );
}

function JobRunRow({ run, zone }: { run: JobRunView; zone: string }) {
  return (
    <Row>
      <Cell className="min-w-56 max-w-xl">
        <p className="font-medium text-ink">{run.title}</p>
        <p className="font-mono text-xs text-faint">{run.job}</p>
        {run.status === "running" && run.progress && (
          <div className="mt-1.5 max-w-72 space-y-1">
            <ProgressBar fraction={run.progress.fraction} label={`Progress of ${run.title}`} />
            <p className="text-xs text-muted">
              {run.progress.step}
              {run.progress.message ? `: ${run.progress.message}` : ""}
            </p>
          </div>
        )}
        {run.error && <p className="mt-1 whitespace-pre-wrap break-words text-xs text-danger-text">{run.error}</p>}
      </Cell>
      <Cell>
        <Badge tone={TONES[run.status]}>{run.status}</Badge>
      </Cell>
      <Cell className="whitespace-nowrap text-muted">{formatInstant(run.slot, zone)}</Cell>
      <Cell className="whitespace-nowrap text-muted">
        {run.startedAt ? formatInstant(run.startedAt, zone) : "not yet"}
      </Cell>
      <Cell numeric>{tookOf(run)}</Cell>
      <Cell numeric>{run.attempt}</Cell>
      <Cell className="whitespace-nowrap text-muted">{run.requestedBy?.name ?? "the schedule"}</Cell>
    </Row>
  );
}

function isOpen(run: JobRunView): boolean {
  return run.status === "running" || run.status === "waiting";
}

function tookOf(run: JobRunView): string {
  if (!run.startedAt || !run.finishedAt) return "";
  return formatDuration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
}
