'use client';

import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { CartesianGrid, ResponsiveContainer, ScatterChart, XAxis, YAxis } from 'recharts';
import { formatPercent, formatShort } from '#app/_ui/number-format.ts';
import type { Board } from '#lib/schemas/board.ts';
import type { Front } from '#lib/schemas/front.ts';
import { fractionScale, linearScale, logScale } from './axis-scale.ts';
import { AXIS, LINE } from './axis-style.ts';
import type { Chart } from './chart.ts';
import { familyLooks } from './family-looks.tsx';
import { FrontContext } from './front-context-layer.client.tsx';
import { FrontLayer } from './front-layer.client.tsx';
import { type Hovered, RUN_MARK_COLUMNS, type RunMark, toRunMarks } from './front-points.ts';
import type { Region } from './region.ts';
import { RunCard } from './run-card.tsx';
import { useDrawing } from './use-drawing.client.ts';

export interface FrontInput {
  board: Board;
  x: 'log' | 'linear';
  /** Tokens; what costs more is dimmed. */
  budget: number | null;
  /** Its uncertainty; null while it is read. */
  front?: Front | null;
  hasBand?: boolean;
  hasCurves?: boolean;
  /** Bars from the strictest to the most lenient policy of the verifier. */
  hasSensitivity?: boolean;
  /** What the reader has dragged open. */
  region?: Region | null;
  onSelect?: (region: Region) => void;
}

function FrontDrawing({ input }: { input: FrontInput }) {
  const { board, x, front: found = null } = input;
  const marks = useMemo(() => toRunMarks(board, found), [board, found]);
  const looks = useMemo(() => boardLooks(board), [board]);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const isDrawing = useDrawing();
  const router = useRouter();
  const xScale = useMemo(() => tokenScale(marks, x), [marks, x]);
  const { hasSensitivity = false } = input;
  const yScale = useMemo(() => accuracyScale(marks, hasSensitivity), [marks, hasSensitivity]);

  return (
    <div
      className="relative h-[340px] w-full sm:h-[440px]"
      onPointerLeave={(event) => {
        // A finger leaves with every tap; what it chose stays until the next.
        if (event.pointerType === 'mouse') setHovered(null);
      }}
    >
      {isDrawing && (
        <ResponsiveContainer width="100%" height="100%">
          <ScatterChart
            margin={{ top: 12, right: 16, bottom: 22, left: 4 }}
            accessibilityLayer={false}
          >
            <CartesianGrid stroke="var(--line-hair)" vertical={false} />
            <XAxis
              type="number"
              dataKey="tokens"
              scale={x}
              domain={xScale.domain}
              ticks={xScale.ticks}
              tickFormatter={formatShort}
              tick={AXIS}
              tickLine={LINE}
              axisLine={LINE}
              allowDataOverflow
              label={{
                value: `Mean ${unitOf(board)} an answer — fewer is better ←`,
                position: 'bottom',
                offset: 4,
                ...AXIS,
                fontSize: 12,
              }}
            />
            <YAxis
              type="number"
              dataKey="accuracy"
              domain={yScale.domain}
              ticks={yScale.ticks}
              tickFormatter={(value: number) => formatPercent(value, 0)}
              tick={AXIS}
              tickLine={false}
              axisLine={false}
              width={44}
              allowDataOverflow
              label={{
                value: 'Accuracy, %',
                angle: -90,
                position: 'insideLeft',
                offset: 8,
                style: { textAnchor: 'middle' },
                ...AXIS,
                fontSize: 12,
              }}
            />
            {found !== null && (input.hasBand === true || input.hasCurves === true) && (
              <FrontContext
                front={found}
                domain={xScale.domain}
                hasBand={input.hasBand === true}
                hasCurves={input.hasCurves === true}
              />
            )}
            <FrontLayer
              marks={marks}
              board={board}
              looks={looks}
              budget={input.budget}
              region={input.region ?? null}
              hasSensitivity={hasSensitivity}
              hovered={hovered?.mark ?? null}
              onHover={setHovered}
              onOpen={(runId) => router.push(`/runs/${runId}`)}
              onSelect={(region) => input.onSelect?.(region)}
            />
          </ScatterChart>
        </ResponsiveContainer>
      )}
      {hovered !== null && <RunCard hovered={hovered} marks={marks} looks={looks} />}
    </div>
  );
}

/** Colour and shape of each family on the whole board, filtered out or not. */
export function boardLooks(board: Board) {
  const bases = board.rows.filter((row) => row.isFamilyBase).flatMap((row) => row.family ?? []);
  return familyLooks(
    board.facets.families.map((family) => family.value),
    new Set(bases),
  );
}

function unitOf(board: Board): string {
  return board.column === 'characters' ? 'characters' : 'tokens';
}

/** Whiskers are cut at the frame; marks never are. */
function tokenScale(marks: readonly RunMark[], x: 'log' | 'linear') {
  const tokens = marks.map((mark) => mark.tokens);
  if (tokens.length === 0) return linearScale(1000);
  return x === 'log'
    ? logScale(Math.min(...tokens), Math.max(...tokens))
    : linearScale(Math.max(...tokens));
}

function accuracyScale(marks: readonly RunMark[], hasSensitivity: boolean) {
  if (marks.length === 0) return fractionScale(0, 1);
  const bands = hasSensitivity ? marks.flatMap(({ sensitivity }) => sensitivity ?? []) : [];
  const lows = marks.map((mark) => mark.accuracyInterval?.low ?? mark.accuracy);
  const highs = marks.map((mark) => mark.accuracyInterval?.high ?? mark.accuracy);
  return fractionScale(
    Math.min(...lows, ...bands.map(({ strictest }) => strictest)),
    Math.max(...highs, ...bands.map(({ lenient }) => lenient)),
  );
}

export const front: Chart<FrontInput, RunMark> = {
  id: 'front',
  question: 'Who is most accurate for the tokens spent?',
  toPoints: ({ board, front: found }) => toRunMarks(board, found ?? null),
  columns: RUN_MARK_COLUMNS,
  Drawing: FrontDrawing,
};
