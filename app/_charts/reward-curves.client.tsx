'use client';

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatCount, formatDecimal, formatShort } from '#app/_ui/number-format.ts';
import { AXIS, LINE } from './axis-style.ts';
import type { Chart } from './chart.ts';
import { ChartHover } from './chart-hover.tsx';
import { useDrawing } from './use-drawing.client.ts';

export interface RewardCurve {
  id: string;
  label: string;
  colour: string;
  /** Pairs of length and reward; lengths at which the method has no value are missing. */
  right: readonly (readonly [number, number])[];
  wrong: readonly (readonly [number, number])[];
}

export interface RewardCurvesInput {
  curves: readonly RewardCurve[];
}

export interface RewardPoint {
  label: string;
  tokens: number;
  right: number | null;
  wrong: number | null;
}

/** Both rewards of every method at every length, method by method. */
export function toRewardPoints({ curves }: RewardCurvesInput): RewardPoint[] {
  return curves.flatMap(({ label, right, wrong }) => {
    const [rights, wrongs] = [new Map(right), new Map(wrong)];
    const lengths = [...new Set([...rights.keys(), ...wrongs.keys()])].sort((a, b) => a - b);
    return lengths.map((tokens) => ({
      label,
      tokens,
      right: rights.get(tokens) ?? null,
      wrong: wrongs.get(tokens) ?? null,
    }));
  });
}

type Place = Record<string, number> & { tokens: number };

/** One row a length, with the rewards of each method under its own names. */
function toPlaces({ curves }: RewardCurvesInput): Place[] {
  const places = new Map<number, Place>();
  const add = (tokens: number, name: string, reward: number) => {
    const place = places.get(tokens) ?? { tokens };
    place[name] = reward;
    places.set(tokens, place);
  };
  for (const { id, right, wrong } of curves) {
    for (const [tokens, reward] of right) add(tokens, `${id} right`, reward);
    for (const [tokens, reward] of wrong) add(tokens, `${id} wrong`, reward);
  }
  return [...places.values()].sort((a, b) => a.tokens - b.tokens);
}

function RewardDrawing({ input }: { input: RewardCurvesInput }) {
  const isDrawing = useDrawing();
  const { curves } = input;
  return (
    <div className="h-[420px] w-full">
      {isDrawing && (
        <ResponsiveContainer width="100%" height="100%">
          <LineChart
            data={toPlaces(input)}
            margin={{ top: 8, right: 12, bottom: 18, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line-hair)" vertical={false} />
            <XAxis
              dataKey="tokens"
              type="number"
              domain={['dataMin', 'dataMax']}
              tickFormatter={formatShort}
              tick={AXIS}
              tickLine={LINE}
              axisLine={LINE}
              minTickGap={28}
              label={{ value: 'Tokens of the answer', position: 'bottom', offset: 2, ...AXIS }}
            />
            <YAxis
              tickFormatter={(value: number) => formatDecimal(value, 1)}
              tick={AXIS}
              tickLine={false}
              axisLine={false}
              width={48}
              domain={['auto', 'auto']}
            />
            <ReferenceLine y={0} stroke="var(--line-firm)" />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--line-firm)' }}
              content={({ active, payload }) => {
                const place = payload[0]?.payload as Place | undefined; // what this chart was given
                return active && place !== undefined ? (
                  <ChartHover
                    title={`${formatCount(place.tokens)} tokens: right / wrong`}
                    rows={curves.map(({ id, label }) => [
                      label,
                      `${formatDecimal(place[`${id} right`] ?? null)} / ${formatDecimal(place[`${id} wrong`] ?? null)}`,
                    ])}
                  />
                ) : null;
              }}
            />
            {curves.flatMap(({ id, colour }) =>
              (['right', 'wrong'] as const).map((side) => (
                <Line
                  key={`${id} ${side}`}
                  dataKey={`${id} ${side}`}
                  type="linear"
                  stroke={colour}
                  strokeWidth={side === 'right' ? 2 : 1.5}
                  strokeDasharray={side === 'right' ? '' : '5 4'}
                  dot={false}
                  activeDot={{ r: 3 }}
                  isAnimationActive={false}
                  connectNulls={false}
                />
              )),
            )}
          </LineChart>
        </ResponsiveContainer>
      )}
    </div>
  );
}

export const rewardCurves: Chart<RewardCurvesInput, RewardPoint> = {
  id: 'reward-curves',
  question: 'What does an answer earn for its length?',
  toPoints: toRewardPoints,
  columns: [
    { header: 'Reward', isNumber: false, value: (point) => point.label },
    { header: 'Tokens', isNumber: true, value: (point) => formatCount(point.tokens) },
    {
      header: 'Right answer',
      isNumber: true,
      value: (point) => (point.right === null ? null : formatDecimal(point.right, 3)),
    },
    {
      header: 'Wrong answer',
      isNumber: true,
      value: (point) => (point.wrong === null ? null : formatDecimal(point.wrong, 3)),
    },
  ],
  Drawing: RewardDrawing,
};
