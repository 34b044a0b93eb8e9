'use client';

import { useId } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { formatPercent } from '#app/_ui/number-format.ts';
import { accuracyOnCurve } from '#lib/leaderboard/iso-efficiency.ts';
import type { Front } from '#lib/schemas/front.ts';

interface FrontContextProps {
  front: Front;
  /** Of the token axis. */
  domain: readonly [number, number];
  hasBand: boolean;
  hasCurves: boolean;
}

type Scale = (value: number) => number | undefined;

const CURVE_STEPS = 48;

/** What lies behind the marks: where the front would be over other items, and curves of equal efficiency. */
export function FrontContext({ front, domain, hasBand, hasCurves }: FrontContextProps) {
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  const area = usePlotArea();
  const clip = useId();
  if (toX === undefined || toY === undefined || area === undefined) return null;
  const curves = front.curves.find(({ id }) => id === 'accuracy-per-1k');
  const right = area.x + area.width;
  return (
    <g aria-hidden>
      <clipPath id={clip}>
        <rect x={area.x} y={area.y} width={area.width} height={area.height} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {hasCurves &&
          curves?.constants.map((constant) => (
            <path
              key={constant}
              d={curvePath(constant, domain, { toX, toY })}
              fill="none"
              stroke="var(--line-firm)"
              strokeDasharray="1 4"
              strokeLinecap="round"
            />
          ))}
        {hasBand && (
          <path
            d={bandPath(front.band, right, { toX, toY })}
            fill="var(--ink-strong)"
            opacity="0.1"
          />
        )}
      </g>
      {hasCurves &&
        curves?.constants.map((constant) => {
          const end = labelPlace(constant, domain, { toX, toY, area });
          return (
            end !== null && (
              <text
                key={constant}
                x={end.x}
                y={end.y}
                fontSize="10"
                textAnchor={end.isAtRight ? 'end' : 'middle'}
                fill="var(--ink-muted)"
                stroke="var(--ground-paper)"
                strokeWidth="3"
                paintOrder="stroke"
              >
                {formatPercent(constant, constant < 0.01 ? 1 : 0)}
              </text>
            )
          );
        })}
    </g>
  );
}

function curvePath(
  constant: number,
  [low, high]: readonly [number, number],
  { toX, toY }: { toX: Scale; toY: Scale },
): string {
  const start = Math.max(low, high / 1e4);
  const points: string[] = [];
  for (let step = 0; step <= CURVE_STEPS; step += 1) {
    const tokens = start * (high / start) ** (step / CURVE_STEPS);
    const x = toX(tokens);
    const y = toY(accuracyOnCurve('accuracy-per-1k', constant, tokens));
    if (x !== undefined && y !== undefined) points.push(`${x.toFixed(1)},${y.toFixed(1)}`);
  }
  return points.length === 0 ? '' : `M${points.join('L')}`;
}

/** Where the curve leaves the frame at its top, or at its right side. */
function labelPlace(
  constant: number,
  [low, high]: readonly [number, number],
  {
    toX,
    toY,
    area,
  }: { toX: Scale; toY: Scale; area: { x: number; y: number; width: number; height: number } },
): { x: number; y: number; isAtRight: boolean } | null {
  const start = Math.max(low, high / 1e4);
  for (let step = 0; step <= CURVE_STEPS; step += 1) {
    const tokens = start * (high / start) ** (step / CURVE_STEPS);
    const x = toX(tokens);
    const y = toY(accuracyOnCurve('accuracy-per-1k', constant, tokens));
    if (x === undefined || y === undefined) continue;
    if (y <= area.y + 12) return step === 0 ? null : { x, y: area.y + 9, isAtRight: false };
    if (step === CURVE_STEPS && y < area.y + area.height)
      return { x: area.x + area.width - 2, y: y - 3, isAtRight: true };
  }
  return null;
}

/** Steps, as the front itself is drawn: an accuracy is attained from its tokens on. */
function bandPath(
  band: Front['band'],
  right: number,
  { toX, toY }: { toX: Scale; toY: Scale },
): string {
  const edges = band.flatMap(({ tokens, low, high }) => {
    const x = toX(tokens);
    const top = high === null ? undefined : toY(high);
    // Where fewer than most resamples have any run, the lower edge is the floor of the chart.
    const bottom = toY(low ?? 0);
    return x === undefined || top === undefined || bottom === undefined ? [] : [{ x, top, bottom }];
  });
  const [first] = edges;
  if (first === undefined) return '';
  const upper = edges.slice(1).map(({ x, top }) => `H${x.toFixed(1)}V${top.toFixed(1)}`);
  const lower = edges
    .map(({ bottom }, index) => ({ bottom, x: edges[index]?.x ?? right }))
    .reverse()
    .map(({ x, bottom }) => `V${bottom.toFixed(1)}H${x.toFixed(1)}`);
  return `M${first.x.toFixed(1)} ${first.top.toFixed(1)}${upper.join('')}H${right.toFixed(1)}${lower.join('')}Z`;
}
