"use client";

import { Info } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatNumber, formatPercent } from "@/components/ui/format";
import { BAND_LABELS, type PriorityTerms, type PublishedRun } from "@/lib/queue/contract";

/** How the queue is ranked: the formula, and the figures that went in. */
export function PriorityDialog({ terms, run }: { terms: PriorityTerms | null; run: PublishedRun }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Info aria-hidden />
        How it is ranked
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title="How the queue is ranked">
        <div className="space-y-3 text-sm">
          <p>
            By <strong>priority</strong>: the gross margin at stake if the customer left.
          </p>
          <p className="rounded-md bg-sunken px-3 py-2 font-mono text-xs">
            probability × monthly revenue × gross margin × expected paid months
          </p>
          {terms ? (
            <>
              <p>
                Gross margin is {formatPercent(terms.grossMargin, 0)}. Expected paid months are those of the next{" "}
                {terms.months}, if the customer is kept: one who was at risk stays likelier to leave than others.
              </p>
              <table className="w-full">
                <thead className="text-left text-xs text-muted">
                  <tr>
                    <th scope="col" className="py-1 font-medium">
                      Probability
                    </th>
                    <th scope="col" className="py-1 text-right font-medium">
                      Monthly churn once kept
                    </th>
                    <th scope="col" className="py-1 text-right font-medium">
                      Expected months
                    </th>
                  </tr>
                </thead>
                <tbody className="divide-y divide-line">
                  {terms.bands.map((band) => (
                    <tr key={band.band}>
                      <td className="py-1">{BAND_LABELS[band.band]}</td>
                      <td className="py-1 text-right">{formatPercent(band.monthlyChurn, 0)}</td>
                      <td className="py-1 text-right">{formatNumber(band.expectedMonths)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <p className="text-muted">
                These are stated assumptions, not estimates. What outreach can change is not in it.
              </p>
            </>
          ) : (
            <p className="text-muted">This run did not store the figures behind its priority.</p>
          )}
          <p className="text-muted">
            Flagged is everyone above {formatPercent(run.threshold, 0)}. Watch fills the week's {run.capacity} places
            with the next by priority, down to a probability of {formatPercent(run.floor, 0)}. Model version{" "}
            {run.modelNumber}.
          </p>
        </div>
      </Dialog>
    </>
  );
}
