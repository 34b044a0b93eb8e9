'use client';

import { memo, useMemo } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Board } from '#lib/schemas/board.ts';
import { type FamilyLook, markPath, NO_FAMILY } from './family-looks.tsx';
import type { Hovered, RunMark } from './front-points.ts';
import { FrontPointer } from './front-pointer-layer.client.tsx';
import { placeLabels } from './label-places.ts';
import { isInRegion, type Region } from './region.ts';

interface FrontLayerProps {
  marks: readonly RunMark[];
  board: Board;
  looks: ReadonlyMap<string, FamilyLook>;
  budget: number | null;
  region: Region | null;
  hasSensitivity: boolean;
  hovered: RunMark | null;
  onHover: (hovered: Hovered | null) => void;
  onOpen: (runId: string) => void;
  onSelect: (region: Region) => void;
}

interface PlacedMark {
  mark: RunMark;
  look: FamilyLook;
  x: number;
  y: number;
}

/** A finger or pointer this near means the mark. */
const REACH = 28;

/** All marks of the front chart, on the scales of the chart around it. */
export function FrontLayer({
  marks,
  board,
  looks,
  budget,
  region,
  hasSensitivity,
  hovered,
  onHover,
  onOpen,
  onSelect,
}: FrontLayerProps) {
  const toX = useXAxisScale();
  const toY = useYAxisScale();
  const area = usePlotArea();
  const placed = useMemo(() => {
    if (toX === undefined || toY === undefined) return [];
    return marks.flatMap((mark): PlacedMark[] => {
      const x = toX(mark.tokens);
      const y = toY(mark.accuracy);
      if (x === undefined || y === undefined) return [];
      const look = (mark.family === null ? undefined : looks.get(mark.family)) ?? NO_FAMILY;
      return [{ mark, look, x, y }];
    });
  }, [marks, looks, toX, toY]);
  if (toX === undefined || toY === undefined || area === undefined) return null;

  const right = area.x + area.width;
  const bottom = area.y + area.height;
  const byId = new Map(placed.map((one) => [one.mark.runId, one]));
  const frontMarks = placed
    .filter(({ mark }) => mark.isOnFront)
    .sort((a, b) => a.mark.tokens - b.mark.tokens || a.mark.accuracy - b.mark.accuracy);
  const labels = placeLabels([...frontMarks].reverse().map(toWish), placed, {
    left: area.x,
    top: area.y - 8,
    right: right + 12,
    bottom,
  });
  const budgetX = budget === null ? undefined : toX(budget);

  return (
    <g>
      {budgetX !== undefined && budgetX < right && (
        <rect
          x={Math.max(area.x, budgetX)}
          y={area.y}
          width={right - Math.max(area.x, budgetX)}
          height={area.height}
          fill="var(--ground-sunken)"
        />
      )}
      {region !== null && <RegionFrame region={region} toX={toX} toY={toY} area={area} />}
      {frontMarks.length > 0 && (
        <path
          d={frontPath(frontMarks, right)}
          fill="none"
          stroke="var(--ink-strong)"
          strokeWidth="1.25"
          opacity="0.55"
        />
      )}
      {board.families.map((family) => {
        const points = family.runIds.flatMap((runId) => byId.get(runId) ?? []);
        const [first] = points;
        if (first === undefined || points.length < 2) return null;
        return (
          <polyline
            key={`${family.model} ${family.family}`}
            points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
            fill="none"
            stroke={first.look.colour}
            strokeWidth={
              hovered?.family === family.family && hovered.model === family.model ? 2 : 1
            }
            opacity={
              hovered?.family === family.family && hovered.model === family.model ? 0.9 : 0.4
            }
          />
        );
      })}
      {hasSensitivity &&
        placed.map(({ mark, look, x }) => {
          const low = mark.sensitivity === null ? undefined : toY(mark.sensitivity.strictest);
          const high = mark.sensitivity === null ? undefined : toY(mark.sensitivity.lenient);
          if (low === undefined || high === undefined) return null;
          return <PolicyBar key={mark.runId} {...{ colour: look.colour, x, low, high }} />;
        })}
      {placed.map(({ mark, look, x, y }) => (
        <Whiskers
          key={mark.runId}
          {...{ mark, look, x, y }}
          {...whiskerEnds(mark, { toX, toY, from: area.x, to: right })}
          isStrong={hovered?.runId === mark.runId}
        />
      ))}
      {placed.map(({ mark, look, x, y }) => (
        <Mark
          key={mark.runId}
          {...{ mark, look, x, y }}
          isDimmed={
            (budget !== null && mark.tokens > budget) ||
            (region !== null && !isInRegion(region, mark))
          }
          isHovered={hovered?.runId === mark.runId}
        />
      ))}
      {labels.map((label) => (
        <text
          key={label.id}
          x={label.left}
          y={label.baseline}
          fontSize="11"
          fill="var(--ink-strong)"
          stroke="var(--ground-paper)"
          strokeWidth="3"
          paintOrder="stroke"
        >
          {label.text}
        </text>
      ))}
      <FrontPointer
        isOverMark={hovered !== null}
        onMove={(x, y) => {
          const found = findNearest(placed, x, y);
          onHover(found && { mark: found.mark, x: found.x, y: found.y });
        }}
        onClick={(x, y) => {
          const found = findNearest(placed, x, y);
          const isSecondTap = found !== null && hovered?.runId === found.mark.runId;
          if (isSecondTap) onOpen(found.mark.runId);
          else onHover(found && { mark: found.mark, x: found.x, y: found.y });
        }}
        onSelect={onSelect}
      />
    </g>
  );
}

/** The region that the table below is narrowed to, cut to what the chart shows. */
function RegionFrame({
  region,
  toX,
  toY,
  area,
}: {
  region: Region;
  toX: (value: number) => number | undefined;
  toY: (value: number) => number | undefined;
  area: { x: number; y: number; width: number; height: number };
}) {
  const cut = (value: number | undefined, from: number, length: number) =>
    Math.min(Math.max(value ?? from, from), from + length);
  // The logarithmic axis has no place for 0.
  const left = cut(toX(Math.max(region.tokens[0], 1)), area.x, area.width);
  const right = cut(toX(Math.max(region.tokens[1], 1)), area.x, area.width);
  const top = cut(toY(region.accuracy[1]), area.y, area.height);
  const bottom = cut(toY(region.accuracy[0]), area.y, area.height);
  return (
    <rect
      x={left}
      y={top}
      width={right - left}
      height={bottom - top}
      fill="none"
      stroke="var(--mark-accent)"
      strokeDasharray="3 3"
    />
  );
}

function toWish({ mark, x, y }: PlacedMark) {
  const text = mark.shortModel === null ? mark.label : `${mark.label} · ${mark.shortModel}`;
  return { id: mark.runId, text: shorten(text), x, y };
}

/** Names of one family begin alike and differ at their end: the middle is what can go. */
function shorten(text: string): string {
  return text.length <= 34 ? text : `${text.slice(0, 16)}…${text.slice(-16)}`;
}

function findNearest(placed: readonly PlacedMark[], x: number, y: number): PlacedMark | null {
  let best: PlacedMark | null = null;
  let distance = REACH;
  for (const one of placed) {
    const away = Math.hypot(one.x - x, one.y - y);
    if (away < distance) [best, distance] = [one, away];
  }
  return best;
}

/** From each point of the front straight right, then up to the next: what is under it is beaten by a run that exists. */
function frontPath(frontMarks: readonly PlacedMark[], right: number): string {
  const [first] = frontMarks;
  if (first === undefined) return '';
  const steps = frontMarks.slice(1).map(({ x, y }) => `H${x}V${y}`);
  return `M${first.x} ${first.y}${steps.join('')}H${right}`;
}

/** Where the whiskers of a mark end, cut at the frame; undefined where no interval is known. */
function whiskerEnds(
  { tokensInterval, accuracyInterval }: RunMark,
  plot: {
    toX: (value: number) => number | undefined;
    toY: (value: number) => number | undefined;
    from: number;
    to: number;
  },
) {
  const cut = (x: number | undefined) =>
    x === undefined ? undefined : Math.min(Math.max(x, plot.from), plot.to);
  return {
    // The logarithmic axis has no place for 0.
    left: tokensInterval === null ? undefined : cut(plot.toX(Math.max(tokensInterval.low, 1))),
    right: tokensInterval === null ? undefined : cut(plot.toX(tokensInterval.high)),
    low: accuracyInterval === null ? undefined : plot.toY(accuracyInterval.low),
    high: accuracyInterval === null ? undefined : plot.toY(accuracyInterval.high),
  };
}

/** Its ends reach beyond the mark, so that a run that no policy moves is seen to be graded. */
const PolicyBar = memo(function PolicyBar({
  colour,
  x,
  low,
  high,
}: {
  colour: string;
  x: number;
  low: number;
  high: number;
}) {
  return (
    <g stroke={colour} fill="none">
      <line x1={x} x2={x} y1={low} y2={high} strokeWidth="9" opacity="0.25" />
      <path d={`M${x - 8} ${low}H${x + 8}M${x - 8} ${high}H${x + 8}`} opacity="0.7" />
    </g>
  );
});

/** Drawn again only when something of it changes: a board has a thousand of them, and a slider moves all the time. */
const Whiskers = memo(function Whiskers({
  mark,
  look,
  x,
  y,
  left,
  right,
  low,
  high,
  isStrong,
}: PlacedMark & ReturnType<typeof whiskerEnds> & { isStrong: boolean }) {
  return (
    <g
      stroke={look.colour}
      strokeWidth={isStrong ? 1.75 : 1}
      opacity={isStrong ? 1 : mark.isOnFront ? 0.55 : 0.25}
    >
      {left !== undefined && right !== undefined && <line x1={left} x2={right} y1={y} y2={y} />}
      {low !== undefined && high !== undefined && <line x1={x} x2={x} y1={low} y2={high} />}
    </g>
  );
});

/**
 * Reported is hollow, scored is filled, rerun has a ring; a length of another column is dashed. Dimmed is what costs more
 * than the budget or lies outside the chosen region.
 */
const Mark = memo(function Mark({
  mark,
  look,
  x,
  y,
  isDimmed,
  isHovered,
}: PlacedMark & { isDimmed: boolean; isHovered: boolean }) {
  const isHollow = mark.trust === 'reported' || !mark.isComparable;
  const opacity = isHovered ? 1 : isDimmed ? 0.15 : mark.isOnFront || mark.isBase ? 1 : 0.5;
  return (
    <g
      style={{
        transform: `translate(${x}px, ${y}px)`,
        transition: 'transform 150ms, opacity 150ms',
      }}
      opacity={opacity}
    >
      {mark.trust === 'rerun' && <circle r="8.5" fill="none" stroke={look.colour} />}
      {isHovered && <circle r="10" fill="none" stroke="var(--mark-accent)" strokeWidth="2" />}
      <path
        d={markPath(look.shape)}
        fill={isHollow ? 'var(--ground-paper)' : look.colour}
        stroke={look.colour}
        strokeWidth="1.6"
        strokeLinejoin="round"
        strokeDasharray={mark.isComparable ? undefined : '2 2'}
        className={mark.isScoring ? 'animate-breathe' : undefined}
      />
    </g>
  );
});
