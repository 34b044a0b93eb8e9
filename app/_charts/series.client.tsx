'use client';

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatCount, formatDecimal, formatPercent, formatShort } from '#app/_ui/number-format.ts';
import type { SeriesPoint } from '#lib/schemas/series.ts';
import { fractionScale, signedScale } from './axis-scale.ts';
import { AXIS, LINE } from './axis-style.ts';
import type { Chart } from './chart.ts';
import { ChartHover } from './chart-hover.tsx';
import { useDrawing } from './use-drawing.client.ts';

/** How one figure is asked about, named and written. */
export interface SeriesLook {
  question: string;
  title: string;
  unit: string;
  isShare: boolean;
  format: (value: number) => string;
}

/** What every series is drawn with, where its points know it. */
export const SERIES_FIGURES = {
  accuracy: {
    question: 'How does accuracy change?',
    title: 'Accuracy',
    unit: '%',
    isShare: true,
    format: formatPercent,
  },
  tokens: {
    question: 'How do lengths change?',
    title: 'Mean tokens an answer',
    unit: 'tokens',
    isShare: false,
    format: formatCount,
  },
  clipRatio: {
    question: 'How many answers are cut at the limit?',
    title: 'Cut at the token limit',
    unit: '%',
    isShare: true,
    format: formatPercent,
  },
  reflections: {
    question: 'How often does it reflect?',
    title: 'Reflections per 1,000 tokens',
    unit: 'per 1,000 tokens',
    isShare: false,
    format: formatDecimal,
  },
} as const satisfies Record<string, SeriesLook>;
export type SeriesFigure = keyof typeof SERIES_FIGURES;

/** A run with one figure of it. */
export interface SeriesMark {
  label: string;
  isReported: boolean;
  /** Of the parameter; null for a base model. */
  value: number | null;
  figure: SeriesPoint['accuracy'];
}

export interface SeriesInput {
  look: SeriesLook;
  parameter: string;
  points: readonly SeriesMark[];
  bases: readonly SeriesMark[];
}

/** One figure at one value of the parameter. */
export interface CurvePoint {
  label: string;
  at: number;
  y: number;
  band: [number, number] | null;
  isReported: boolean;
}

function toCurve({ points }: SeriesInput): CurvePoint[] {
  return points.flatMap((point) => {
    const { value, interval } = point.figure;
    if (value === null || point.value === null) return [];
    return [
      {
        label: point.label,
        at: point.value,
        y: value,
        band: interval === null ? null : ([interval.low, interval.high] satisfies [number, number]),
        isReported: point.isReported,
      },
    ];
  });
}

function SeriesDrawing({ input }: { input: SeriesInput }) {
  const isDrawing = useDrawing();
  const curve = toCurve(input);
  const { isShare, format, title } = input.look;
  const base = input.bases.find(({ figure }) => figure.value !== null);
  const level = base?.figure.value ?? null;
  const heights = [
    ...curve.flatMap(({ y, band }) => [y, ...(band ?? [])]),
    ...(level === null ? [] : [level]),
  ];
  const scale = isShare
    ? fractionScale(Math.min(1, ...heights), Math.max(0, ...heights))
    : signedScale(Math.min(...heights), Math.max(...heights));
  const values = [...new Set(curve.map(({ at }) => at))];
  // Sweeps often double from point to point: equal steps on a log scale.
  const isLog =
    values.length > 2 && Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= 8;
  return (
    <div className="h-[220px] w-full">
      {isDrawing && (
        <ResponsiveContainer width="100%" height="100%">
          <ComposedChart
            data={curve}
            margin={{ top: 8, right: 16, bottom: 18, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line-hair)" vertical={false} />
            <XAxis
              type="number"
              dataKey="at"
              scale={isLog ? 'log' : 'linear'}
              domain={['dataMin', 'dataMax']}
              {...(values.length <= 9 ? { ticks: values } : {})}
              tickFormatter={(value: number) =>
                Number.isInteger(value) ? formatCount(value) : String(value)
              }
              tick={AXIS}
              tickLine={LINE}
              axisLine={LINE}
              padding={{ left: 12, right: 12 }}
              label={{ value: input.parameter, position: 'bottom', offset: 2, ...AXIS }}
            />
            <YAxis
              domain={scale.domain}
              ticks={scale.ticks}
              allowDataOverflow
              tickFormatter={(value: number) =>
                isShare
                  ? formatPercent(value, 0)
                  : value >= 1000
                    ? formatShort(value)
                    : String(value)
              }
              tick={AXIS}
              tickLine={false}
              axisLine={false}
              width={44}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--line-firm)' }}
              content={({ active, payload }) => {
                const point = payload[0]?.payload as CurvePoint | undefined; // what this chart was given
                return active && point !== undefined ? (
                  <ChartHover
                    title={`${point.label}, ${input.parameter} ${String(point.at)}`}
                    rows={[
                      [title.toLowerCase(), format(point.y)],
                      [
                        '95 %',
                        point.band === null
                          ? point.isReported
                            ? 'published: no interval'
                            : 'no interval'
                          : `${format(point.band[0])} … ${format(point.band[1])}`,
                      ],
                    ]}
                  />
                ) : null;
              }}
            />
            <Area
              dataKey="band"
              stroke="none"
              fill="var(--family-1)"
              fillOpacity={0.16}
              isAnimationActive={false}
              activeDot={false}
            />
            {level !== null && (
              <ReferenceLine
                y={level}
                stroke="var(--ink-muted)"
                strokeDasharray="4 3"
                label={{
                  value: base?.label ?? '',
                  position: labelPlace(curve, level, scale.domain),
                  fill: 'var(--ink-muted)',
                  fontSize: 11,
                }}
              />
            )}
            <Line
              dataKey="y"
              stroke="var(--family-1)"
              strokeWidth={2}
              isAnimationActive={false}
              dot={({ cx, cy, index, payload }) => (
                <circle
                  key={String(index)}
                  cx={cx}
                  cy={cy}
                  r={3.5}
                  stroke="var(--family-1)"
                  strokeWidth="1.6"
                  fill={
                    (payload as CurvePoint).isReported ? 'var(--ground-paper)' : 'var(--family-1)'
                  }
                />
              )}
            />
          </ComposedChart>
        </ResponsiveContainer>
      )}
    </div>
  );
}

/**
 * Where the name of a level stands: above a low line and below a high one, so that it stays in the frame, at the end from
 * which the curve is farther away.
 */
export function labelPlace(
  curve: readonly Pick<CurvePoint, 'at' | 'y' | 'band'>[],
  level: number,
  [low, high]: readonly [number, number],
): 'insideBottomLeft' | 'insideBottomRight' | 'insideTopLeft' | 'insideTopRight' {
  const isAbove = level < (low + high) / 2;
  const sorted = curve.toSorted((a, b) => a.at - b.at);
  const distance = (points: typeof sorted) =>
    Math.min(
      ...points.flatMap(({ y, band }) =>
        [y, ...(band ?? [])].map((value) => Math.abs(value - level)),
      ),
    );
  // A name takes about a third of the width.
  const third = Math.max(1, Math.ceil(sorted.length / 3));
  const isLeft = distance(sorted.slice(0, third)) > distance(sorted.slice(-third));
  if (isAbove) return isLeft ? 'insideBottomLeft' : 'insideBottomRight';
  return isLeft ? 'insideTopLeft' : 'insideTopRight';
}

/** One chart a figure, all over the same parameter. */
export function seriesChart(look: SeriesLook): Chart<SeriesInput, CurvePoint> {
  const { question, title, unit, format } = look;
  return {
    id: 'series',
    question,
    toPoints: toCurve,
    columns: [
      { header: 'Run', isNumber: false, value: ({ label }) => label },
      { header: 'Value', isNumber: true, value: ({ at }) => String(at) },
      {
        header: unit === '' ? title : `${title}, ${unit}`,
        isNumber: true,
        value: ({ y }) => format(y),
      },
      {
        header: '95 % interval',
        isNumber: true,
        value: ({ band }) => (band === null ? null : `${format(band[0])} … ${format(band[1])}`),
      },
    ],
    Drawing: SeriesDrawing,
  };
}

export const series = seriesChart(SERIES_FIGURES.accuracy);
