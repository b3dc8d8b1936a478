"use client";

import type { Key } from "react";
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { PreparedChart } from "./prepared-chart";

const FEW_POINTS = 16;
const TICK = { fontSize: 11, fill: "var(--faint)" };

/** Draws what was prepared; decides nothing. */
export function ChartPlot({ chart, height }: { chart: PreparedChart; height: number }) {
  const rows = chart.points.map((point, i) => ({
    key: point.key,
    position: i,
    ...Object.fromEntries(chart.series.map((series) => [series.key, series.values[i]])),
    ...Object.fromEntries(chart.series.map((series) => [`${series.key}~`, series.intervals?.[i] ?? undefined])),
  }));
  const words = new Map(chart.points.map((point) => [point.key, point.axis]));
  const widest = Math.max(...chart.tickTexts.map((text) => text.length));
  return (
    <div role="img" aria-label={`${chart.label}: chart. The figures are in the table.`} style={{ height }}>
      <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 560, height }}>
        <ComposedChart
          data={rows}
          margin={{ top: 14, right: chart.marks.length > 0 ? 28 : 12, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="key"
            ticks={chart.axisKeys}
            interval="preserveEnd"
            minTickGap={14}
            tickFormatter={(key: string) => words.get(key) ?? ""}
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: "var(--line-strong)" }}
          />
          <YAxis
            interval={0}
            width={12 + widest * 6.5}
            domain={[chart.scale.min, chart.scale.max]}
            ticks={chart.scale.ticks}
            tickFormatter={(value: number) => chart.tickTexts[chart.scale.ticks.indexOf(value)] ?? ""}
            tick={TICK}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--line-strong)", fill: "var(--sunken)" }}
            content={({ active, payload }) => {
              const position = (payload?.[0]?.payload as { position?: number } | undefined)?.position;
              return active && position !== undefined ? <PointWords chart={chart} position={position} /> : null;
            }}
          />
          {chart.references.map((reference) => (
            <ReferenceLine key={reference.text} y={reference.value} stroke="var(--muted)" strokeDasharray="4 3" />
          ))}
          {chart.marks.map((mark) => (
            <ReferenceLine
              key={mark.key}
              x={mark.key}
              stroke="var(--line-strong)"
              label={{ value: mark.text, position: "top", fontSize: 11, fill: "var(--muted)" }}
            />
          ))}
          {chart.series.map((series) =>
            series.kind === "bar" ? (
              <Bar
                key={series.key}
                dataKey={series.key}
                stackId={series.stack ?? undefined}
                fill={`var(--${series.color})`}
                isAnimationActive={false}
                maxBarSize={28}
              >
                {series.intervals && (
                  <ErrorBar
                    dataKey={`${series.key}~`}
                    width={4}
                    strokeWidth={1}
                    stroke="var(--ink)"
                    isAnimationActive={false}
                  />
                )}
              </Bar>
            ) : (
              <Line
                key={series.key}
                dataKey={series.key}
                type={series.kind === "step" ? "stepAfter" : "linear"}
                stroke={`var(--${series.color})`}
                strokeWidth={1.75}
                strokeDasharray={series.kind === "dashed" ? "5 4" : undefined}
                dot={isolatedDots(series.values, series.color)}
                activeDot={{ r: 3 }}
                connectNulls={false}
                isAnimationActive={false}
              />
            ),
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

function PointWords({ chart, position }: { chart: PreparedChart; position: number }) {
  return (
    <div className="rounded-md border border-line bg-surface px-2.5 py-1.5 text-xs text-ink shadow-lg">
      <p className="font-medium">{chart.points[position]?.title}</p>
      {chart.series.map((series) => (
        <p key={series.key} className="flex justify-between gap-4">
          <span className="text-muted">{series.name}</span>
          <span className="tabular-nums">{series.texts[position]}</span>
        </p>
      ))}
    </div>
  );
}

/** A value between two gaps has no line to stand on: it gets a dot. So does every value where there are few. */
function isolatedDots(values: readonly (number | null)[], color: string) {
  return ({ index, cx, cy, key }: { index?: number; cx?: number; cy?: number; key?: Key | null }) => {
    const at = index ?? 0;
    const alone = values[at - 1] == null && values[at + 1] == null;
    return values[at] != null && (alone || values.length <= FEW_POINTS) ? (
      <circle key={key} cx={cx} cy={cy} r={2.5} fill={`var(--${color})`} />
    ) : (
      <g key={key} />
    );
  };
}
