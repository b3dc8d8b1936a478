"use client";

import { useMutation } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { callApi } from "@/lib/http/client";
import { JOB_NAMES, JOB_TITLES, type JobName } from "@/lib/job-runs/contract";

/** What a run by hand brings about, told before it is asked for. */
const EFFECTS: Record<JobName, string> = {
  "simulate-week": "The demo company lives on for a week, and its data is imported.",
  "import-files": "What lies in the inbox and what was sent is imported. Files that are still being written are left.",
  "build-features": "Feature rows are written for the latest week that the data covers up to its start.",
  "score-accounts": "All customers are scored with the champion, and the queue is published anew.",
  "resolve-outcomes": "Label windows that have closed get their labels, and published predictions their outcomes.",
  "train-model": "A new model version is trained on the labelled weeks. It predicts nothing until it is promoted.",
};

/** Begins a job now, after saying what it does. */
export function RunJobMenu({ demo, onRequested }: { demo: boolean; onRequested: () => void }) {
  const [asked, setAsked] = useState<JobName | null>(null);
  const request = useMutation({
    mutationFn: (job: JobName) => callApi("/api/v1/admin/job-runs", { body: { job } }),
    onSuccess: () => {
      setAsked(null);
      onRequested();
    },
  });

  function ask(job: JobName) {
    request.reset();
    setAsked(job);
  }

  return (
    <div className="flex flex-wrap gap-2">
      {JOB_NAMES.filter((job) => job !== (demo ? "import-files" : "simulate-week")).map((job) => (
        <Button key={job} size="sm" onClick={() => ask(job)}>
          <Play aria-hidden strokeWidth={1.75} />
          {JOB_TITLES[job]}
        </Button>
      ))}
      <Dialog open={asked !== null} onClose={() => setAsked(null)} title={asked ? `${JOB_TITLES[asked]} now?` : ""}>
        {asked && <p className="text-sm text-muted">{EFFECTS[asked]}</p>}
        {request.isError && (
          <div role="alert" className="mt-3">
            <Callout tone="danger">{request.error.message}</Callout>
          </div>
        )}
        <DialogActions>
          <Button onClick={() => setAsked(null)}>Cancel</Button>
          <Button look="primary" busy={request.isPending} onClick={() => asked && request.mutate(asked)}>
            Run now
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}
