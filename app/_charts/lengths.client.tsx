'use client';

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatCount, formatShort } from '#app/_ui/number-format.ts';
import type { LengthBar } from '#lib/schemas/run.ts';
import { AXIS, LINE } from './axis-style.ts';
import type { Chart } from './chart.ts';
import { ChartHover } from './chart-hover.tsx';
import { useDrawing } from './use-drawing.client.ts';

function LengthsDrawing({ input }: { input: readonly LengthBar[] }) {
  const isDrawing = useDrawing();
  return (
    <div className="h-[240px] w-full">
      {isDrawing && (
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            data={[...input]}
            margin={{ top: 8, right: 8, bottom: 18, left: 0 }}
            barCategoryGap={1}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line-hair)" vertical={false} />
            <XAxis
              dataKey="from"
              tickFormatter={formatShort}
              tick={AXIS}
              tickLine={LINE}
              axisLine={LINE}
              minTickGap={28}
              label={{ value: 'Tokens an answer, from', position: 'bottom', offset: 2, ...AXIS }}
            />
            <YAxis
              tick={AXIS}
              tickLine={false}
              axisLine={false}
              width={44}
              allowDecimals={false}
              tickFormatter={formatShort}
            />
            <Tooltip
              cursor={{ fill: 'var(--ground-sunken)' }}
              isAnimationActive={false}
              content={({ active, payload }) => {
                const bar = payload[0]?.payload as LengthBar | undefined; // what this chart was given
                return active && bar !== undefined ? (
                  <ChartHover
                    title={`${formatCount(bar.from)} to ${formatCount(bar.to)} tokens`}
                    rows={[
                      ['right', formatCount(bar.right)],
                      ['not right', formatCount(bar.wrong)],
                    ]}
                  />
                ) : null;
              }}
            />
            <Bar dataKey="right" stackId="all" fill="var(--mark-right)" isAnimationActive={false} />
            <Bar
              dataKey="wrong"
              stackId="all"
              fill="var(--mark-wrong)"
              fillOpacity={0.75}
              isAnimationActive={false}
            />
          </BarChart>
        </ResponsiveContainer>
      )}
    </div>
  );
}

export const lengths: Chart<readonly LengthBar[], LengthBar> = {
  id: 'lengths',
  question: 'How long are right and wrong answers?',
  toPoints: (bars) => [...bars],
  columns: [
    { header: 'From', isNumber: true, value: (bar) => formatCount(bar.from) },
    { header: 'To', isNumber: true, value: (bar) => formatCount(bar.to) },
    { header: 'Right', isNumber: true, value: (bar) => formatCount(bar.right) },
    { header: 'Not right', isNumber: true, value: (bar) => formatCount(bar.wrong) },
  ],
  Drawing: LengthsDrawing,
};
