'use client';

import {
  Area,
  AreaChart,
  CartesianGrid,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatCount, formatPercent, formatShort } from '#app/_ui/number-format.ts';
import { type BudgetPoint, toBudgetPoints } from '#lib/leaderboard/budget-points.ts';
import type { LengthBar } from '#lib/schemas/run.ts';
import { fractionScale } from './axis-scale.ts';
import { AXIS, LINE } from './axis-style.ts';
import type { Chart } from './chart.ts';
import { ChartHover } from './chart-hover.tsx';
import { useDrawing } from './use-drawing.client.ts';

export interface BudgetCurveInput {
  bars: readonly LengthBar[];
  /** Attempts that the run should have. */
  expected: number;
}

function BudgetDrawing({ input }: { input: BudgetCurveInput }) {
  const isDrawing = useDrawing();
  const points = toBudgetPoints(input);
  const scale = fractionScale(0, Math.max(0.02, ...points.map((point) => point.accuracy)));
  return (
    <div className="h-[240px] w-full">
      {isDrawing && (
        <ResponsiveContainer width="100%" height="100%">
          <AreaChart
            data={points}
            margin={{ top: 8, right: 12, bottom: 18, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line-hair)" vertical={false} />
            <XAxis
              dataKey="budget"
              tickFormatter={formatShort}
              tick={AXIS}
              tickLine={LINE}
              axisLine={LINE}
              minTickGap={28}
              label={{ value: 'Tokens allowed an answer', position: 'bottom', offset: 2, ...AXIS }}
            />
            <YAxis
              domain={scale.domain}
              ticks={scale.ticks}
              tickFormatter={(value: number) => formatPercent(value, 0)}
              tick={AXIS}
              tickLine={false}
              axisLine={false}
              width={44}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--line-firm)' }}
              content={({ active, payload }) => {
                const point = payload[0]?.payload as BudgetPoint | undefined; // what this chart was given
                return active && point !== undefined ? (
                  <ChartHover
                    title={`At most ${formatCount(point.budget)} tokens`}
                    rows={[['accuracy', `${formatPercent(point.accuracy)} %`]]}
                  />
                ) : null;
              }}
            />
            <Area
              type="stepAfter"
              dataKey="accuracy"
              stroke="var(--ink-strong)"
              fill="var(--ground-sunken)"
              strokeWidth={1.5}
              isAnimationActive={false}
            />
          </AreaChart>
        </ResponsiveContainer>
      )}
    </div>
  );
}

export const budgetCurve: Chart<BudgetCurveInput, BudgetPoint> = {
  id: 'budget-curve',
  question: 'How much accuracy is left when answers are cut at a budget?',
  toPoints: toBudgetPoints,
  columns: [
    { header: 'Tokens allowed', isNumber: true, value: (point) => formatCount(point.budget) },
    { header: 'Accuracy, %', isNumber: true, value: (point) => formatPercent(point.accuracy) },
  ],
  Drawing: BudgetDrawing,
};
