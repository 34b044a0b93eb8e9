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
import { formatPercent } from '#app/_ui/number-format.ts';
import { checkpointRows, type RewardedSeries } from '#lib/leaderboard/checkpoint-rows.ts';
import { fractionScale } from './axis-scale.ts';
import { AXIS, LINE } from './axis-style.ts';
import type { Chart } from './chart.ts';
import { ChartHover } from './chart-hover.tsx';
import { useDrawing } from './use-drawing.client.ts';

export interface RewardGapInput {
  parameter: string;
  /** The verifier of the board. */
  audit: string;
  rewards: readonly RewardedSeries[];
}

/** What one verifier accepts of one checkpoint. */
export interface RewardGapPoint {
  step: number;
  verifier: string;
  accepted: number;
  isBeyondAudit: boolean;
}

/** Rewards often pay alike: later ones are drawn with gaps, through which the earlier show. */
const DASHES = ['', '7 4', '2 4', '10 4 2 4', '1 6'];

function toGapPoints({ audit: name, rewards }: RewardGapInput): RewardGapPoint[] {
  return checkpointRows(rewards).flatMap(({ step, audit, paid }) =>
    [
      { verifier: name, accepted: audit, isBeyondAudit: false },
      ...paid.map(({ reward: verifier, ...rest }) => ({ verifier, ...rest })),
    ].flatMap(({ accepted, ...rest }) => (accepted === null ? [] : [{ step, accepted, ...rest }])),
  );
}

function RewardGapDrawing({ input }: { input: RewardGapInput }) {
  const isDrawing = useDrawing();
  const points = toGapPoints(input);
  const rows = [...Map.groupBy(points, ({ step }) => step)].map(([step, own]) => ({
    step,
    ...Object.fromEntries(own.map(({ verifier, accepted }) => [verifier, accepted])),
  }));
  const heights = points.map(({ accepted }) => accepted);
  const scale = fractionScale(Math.min(1, ...heights), Math.max(0, ...heights));
  const starts = new Set(input.rewards.flatMap(({ divergedAt }) => divergedAt ?? []));
  return (
    <div className="flex w-full flex-col gap-1">
      <div className="h-[260px] w-full">
        {isDrawing && (
          <ResponsiveContainer width="100%" height="100%">
            <LineChart
              data={rows}
              margin={{ top: 18, right: 16, bottom: 18, left: 0 }}
              accessibilityLayer={false}
            >
              <CartesianGrid stroke="var(--line-hair)" vertical={false} />
              <XAxis
                type="number"
                dataKey="step"
                domain={['dataMin', 'dataMax']}
                {...(rows.length <= 9 ? { ticks: rows.map(({ step }) => step) } : {})}
                tick={AXIS}
                tickLine={LINE}
                axisLine={LINE}
                padding={{ left: 12, right: 12 }}
                label={{ value: input.parameter, position: 'bottom', offset: 2, ...AXIS }}
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
                content={({ active, label }) => {
                  const own = points.filter(({ step }) => step === label);
                  return active && own.length > 0 ? (
                    <ChartHover
                      title={`${input.parameter} ${String(label)}`}
                      rows={own.map(({ verifier, accepted }) => [
                        verifier,
                        `${formatPercent(accepted)} %`,
                      ])}
                    />
                  ) : null;
                }}
              />
              {[...starts].map((step) => (
                <ReferenceLine
                  key={step}
                  x={step}
                  stroke="var(--mark-wrong)"
                  strokeDasharray="4 3"
                  label={{
                    value: 'leaves the audit behind',
                    position: 'top',
                    fill: 'var(--mark-wrong)',
                    fontSize: 11,
                  }}
                />
              ))}
              {input.rewards.map(({ reward }, index) => (
                <Line
                  key={reward}
                  dataKey={reward}
                  stroke={rewardColour(index)}
                  strokeWidth={2}
                  strokeDasharray={rewardDash(index)}
                  dot={false}
                  connectNulls
                  isAnimationActive={false}
                />
              ))}
              <Line
                dataKey={input.audit}
                stroke="var(--ink-strong)"
                strokeWidth={2.5}
                dot={{ r: 3.5, fill: 'var(--ink-strong)' }}
                connectNulls
                isAnimationActive={false}
              />
            </LineChart>
          </ResponsiveContainer>
        )}
      </div>
      <RewardLegend input={input} />
    </div>
  );
}

function rewardColour(index: number): string {
  return `var(--family-${String((index % 8) + 1)})`;
}

function rewardDash(index: number): string {
  return DASHES[index % DASHES.length] ?? '';
}

function RewardLegend({ input: { audit, rewards } }: { input: RewardGapInput }) {
  const lines = [
    { name: `${audit}, the audit`, colour: 'var(--ink-strong)', dash: '' },
    ...rewards.map(({ reward }, index) => ({
      ...{ name: reward, colour: rewardColour(index), dash: rewardDash(index) },
    })),
  ];
  return (
    <ul aria-label="Lines" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {lines.map(({ name, colour, dash }) => (
        <li key={name} className="flex items-center gap-1.5">
          <svg aria-hidden viewBox="0 0 24 4" className="h-1 w-6">
            <path d="M0 2H24" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

export const rewardGap: Chart<RewardGapInput, RewardGapPoint> = {
  id: 'reward-gap',
  question: 'What does the reward pay, and what does the audit confirm?',
  toPoints: toGapPoints,
  columns: [
    { header: 'Step', isNumber: true, value: ({ step }) => String(step) },
    { header: 'Verifier', isNumber: false, value: ({ verifier }) => verifier },
    { header: 'Accepted, %', isNumber: true, value: ({ accepted }) => formatPercent(accepted) },
    {
      header: 'Beyond the audit',
      isNumber: false,
      value: ({ isBeyondAudit }) => (isBeyondAudit ? 'yes' : 'no'),
    },
  ],
  Drawing: RewardGapDrawing,
};
