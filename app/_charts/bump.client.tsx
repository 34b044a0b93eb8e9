'use client';

import {
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatPercent } from '#app/_ui/number-format.ts';
import type { RankChanges } from '#lib/leaderboard/rank-changes.ts';
import { AXIS, LINE } from './axis-style.ts';
import type { Chart } from './chart.ts';
import { ChartHover } from './chart-hover.tsx';
import { useDrawing } from './use-drawing.client.ts';

const ROW_PX = 30;
const FAMILIES = 8;

/** The line of a run, by its place in the first column. */
export function bumpColour(index: number): string {
  return `var(--family-${String((index % FAMILIES) + 1)})`;
}

/** One run under one grading. */
export interface BumpPoint {
  readonly runId: string;
  readonly name: string;
  readonly grading: string;
  readonly rank: number;
  readonly share: number;
}

function toBumpPoints({ columns, runs }: RankChanges): BumpPoint[] {
  return runs.flatMap(({ runId, name, places }) =>
    columns.flatMap(({ label }, column) => {
      const place = places[column] ?? null;
      return place === null ? [] : [{ runId, name, grading: label, ...place }];
    }),
  );
}

function BumpDrawing({ input }: { input: RankChanges }) {
  const isDrawing = useDrawing();
  const { columns, runs } = input;
  const rows = columns.map(({ label }, column) => ({
    label,
    ...Object.fromEntries(runs.map(({ runId, places }) => [runId, places[column]?.rank ?? null])),
  }));
  const height = Math.max(180, runs.length * ROW_PX + 70);
  return (
    <div className="w-full" style={{ height }}>
      {isDrawing && (
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={rows}
            margin={{ top: 12, right: 24, bottom: 34, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line-hair)" horizontal={false} />
            <XAxis
              dataKey="label"
              tick={AXIS}
              tickLine={LINE}
              axisLine={LINE}
              interval={0}
              angle={-18}
              textAnchor="end"
              height={48}
              padding={{ left: 24, right: 12 }}
            />
            <YAxis
              reversed
              domain={[1, Math.max(1, runs.length)]}
              allowDecimals={false}
              tick={AXIS}
              tickLine={false}
              axisLine={false}
              width={36}
            />
            <Tooltip
              isAnimationActive={false}
              content={({ active, label }) => {
                const column = columns.findIndex((one) => one.label === label);
                if (!active || column === -1) return null;
                const ranked = runs
                  .flatMap(({ name, places }) => {
                    const place = places[column] ?? null;
                    return place === null ? [] : [{ name, ...place }];
                  })
                  .sort((a, b) => a.rank - b.rank)
                  .slice(0, 12);
                return (
                  <ChartHover
                    title={String(label)}
                    rows={ranked.map(({ name, rank, share }) => [
                      `${String(rank)}. ${name}`,
                      `${formatPercent(share)} %`,
                    ])}
                  />
                );
              }}
            />
            {runs.map(({ runId }, index) => (
              <Line
                key={runId}
                dataKey={runId}
                stroke={bumpColour(index)}
                strokeWidth={2}
                dot={{ r: 3.5 }}
                connectNulls
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
      )}
    </div>
  );
}

export const bump: Chart<RankChanges, BumpPoint> = {
  id: 'bump',
  question: 'Does the ranking depend on who grades?',
  toPoints: toBumpPoints,
  columns: [
    { header: 'Run', isNumber: false, value: ({ name }) => name },
    { header: 'Graded by', isNumber: false, value: ({ grading }) => grading },
    { header: 'Rank', isNumber: true, value: ({ rank }) => String(rank) },
    { header: 'Accepted, %', isNumber: true, value: ({ share }) => formatPercent(share) },
  ],
  Drawing: BumpDrawing,
};
