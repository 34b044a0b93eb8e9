'use client';

import { type PointerEvent, useEffect, useState } from 'react';
import { usePlotArea, useXAxisInverseScale, useYAxisInverseScale } from 'recharts';
import type { Region } from './region.ts';

interface FrontPointerProps {
  /** Over a mark, where a click means something. */
  isOverMark: boolean;
  onMove: (x: number, y: number) => void;
  onClick: (x: number, y: number) => void;
  onSelect: (region: Region) => void;
}

interface Drag {
  from: { x: number; y: number };
  to: { x: number; y: number };
}

/** A hand is not still: what moves less is a click. */
const SHORTEST_DRAG = 6;

/** What the pointer does over the front chart: it points at marks, opens them, and drags a region open; Escape stops a drag. */
export function FrontPointer({ isOverMark, onMove, onClick, onSelect }: FrontPointerProps) {
  const area = usePlotArea();
  const toTokens = useXAxisInverseScale();
  const toAccuracy = useYAxisInverseScale();
  const [drag, setDrag] = useState<Drag | null>(null);
  const isDragging = drag !== null;
  useEffect(() => {
    if (!isDragging) return;
    const stop = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setDrag(null);
    };
    window.addEventListener('keydown', stop);
    return () => window.removeEventListener('keydown', stop);
  }, [isDragging]);
  if (area === undefined || toTokens === undefined || toAccuracy === undefined) return null;

  const placeOf = (event: PointerEvent<SVGRectElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const within = (value: number, length: number) => Math.min(Math.max(value, 0), length);
    return {
      x: area.x + within(event.clientX - box.left, area.width),
      y: area.y + within(event.clientY - box.top, area.height),
    };
  };
  const finish = (ended: Drag) => {
    const [left, right] = ordered(ended.from.x, ended.to.x);
    const [top, bottom] = ordered(ended.from.y, ended.to.y);
    onSelect({
      tokens: [Number(toTokens(left)), Number(toTokens(right))],
      accuracy: [Number(toAccuracy(bottom)), Number(toAccuracy(top))],
    });
  };

  return (
    <>
      {drag !== null && isLong(drag) && (
        <rect
          {...rectOf(drag)}
          fill="var(--mark-accent)"
          fillOpacity="0.08"
          stroke="var(--mark-accent)"
        />
      )}
      <rect
        x={area.x}
        y={area.y}
        width={area.width}
        height={area.height}
        fill="transparent"
        className={isOverMark ? 'cursor-pointer' : 'cursor-crosshair'}
        onPointerDown={(event) => {
          // A finger scrolls the page; phones have the list's own order and filters.
          if (event.pointerType === 'touch' || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const from = placeOf(event);
          setDrag({ from, to: from });
        }}
        onPointerMove={(event) => {
          const place = placeOf(event);
          if (drag === null) onMove(place.x, place.y);
          else setDrag({ from: drag.from, to: place });
        }}
        onPointerUp={(event) => {
          if (event.button !== 0) return;
          if (drag !== null && isLong(drag)) finish(drag);
          else onClick(placeOf(event).x, placeOf(event).y);
          setDrag(null);
        }}
        onPointerCancel={() => setDrag(null)}
      />
    </>
  );
}

function isLong({ from, to }: Drag): boolean {
  return Math.min(Math.abs(from.x - to.x), Math.abs(from.y - to.y)) >= SHORTEST_DRAG;
}

function rectOf({ from, to }: Drag) {
  const [x, right] = ordered(from.x, to.x);
  const [y, bottom] = ordered(from.y, to.y);
  return { x, y, width: right - x, height: bottom - y };
}

function ordered(a: number, b: number): [number, number] {
  return a < b ? [a, b] : [b, a];
}
