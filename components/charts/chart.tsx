"use client";

import { Table2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { ChartPlot } from "./chart-plot";
import { ChartTable } from "./chart-table";
import type { PreparedChart } from "./prepared-chart";

/** A prepared chart with its legend, and the same as a table at the press of a button. */
export function Chart({ chart, height = 200, note }: { chart: PreparedChart; height?: number; note?: ReactNode }) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure className="min-w-0 space-y-2">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 text-xs text-muted">
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {chart.series.map((series) => (
            <li key={series.key} className="flex items-center gap-1.5">
              <span
                aria-hidden
                className={series.kind === "bar" ? "size-2.5 rounded-sm" : "h-0 w-4 border-t-2"}
                style={
                  series.kind === "bar"
                    ? { background: `var(--${series.color})` }
                    : {
                        borderColor: `var(--${series.color})`,
                        borderTopStyle: series.kind === "dashed" ? "dashed" : "solid",
                      }
                }
              />
              {series.name}
            </li>
          ))}
          {chart.references.map((reference) => (
            <li key={reference.text} className="flex items-center gap-1.5">
              <span aria-hidden className="h-0 w-4 border-t border-dashed border-muted" />
              {reference.text}
            </li>
          ))}
        </ul>
        <button
          type="button"
          aria-pressed={asTable}
          aria-label={`${asTable ? "Show as chart" : "Show as table"}: ${chart.label}`}
          aria-controls={id}
          onClick={() => setAsTable(!asTable)}
          className="-mx-1.5 inline-flex items-center gap-1 rounded px-1.5 py-0.5 hover:bg-sunken hover:text-ink"
        >
          <Table2 aria-hidden className="size-3.5" />
          {asTable ? "Show as chart" : "Show as table"}
        </button>
      </div>
      <div id={id}>{asTable ? <ChartTable chart={chart} /> : <ChartPlot chart={chart} height={height} />}</div>
      {note && <figcaption className="text-xs text-faint">{note}</figcaption>}
    </figure>
  );
}
