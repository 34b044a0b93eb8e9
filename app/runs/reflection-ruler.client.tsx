'use client';

import { walkToReflection } from './reflection-walk.client.ts';

interface ReflectionRulerProps {
  /** Offsets of the reflections and the length of the whole, in characters. */
  offsets: readonly number[];
  length: number;
}

/** More ticks than this run into one bar. */
const MOST_TICKS = 400;

/** Where the reflections stand in the text, from its start at the left to its end; a click goes there. */
export function ReflectionRuler({ offsets, length }: ReflectionRulerProps) {
  const every = Math.ceil(offsets.length / MOST_TICKS);
  const shown = offsets.filter((_, index) => index % every === 0);
  return (
    <svg
      viewBox="0 0 1000 14"
      preserveAspectRatio="none"
      className="h-3.5 w-full cursor-pointer rounded-[2px] bg-sunken"
      role="img"
      aria-label={`${offsets.length} reflections, the first at ${percent(offsets[0] ?? 0, length)}, the last at ${percent(offsets.at(-1) ?? 0, length)} of the text`}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const wanted = ((event.clientX - box.left) / box.width) * length;
        const nearest = offsets.reduce((best, offset) =>
          Math.abs(offset - wanted) < Math.abs(best - wanted) ? offset : best,
        );
        walkToReflection(event.currentTarget, nearest);
      }}
    >
      {shown.map((offset) => (
        <rect
          key={offset}
          x={((offset / length) * 998).toFixed(1)}
          y="2"
          width="1.6"
          height="10"
          fill="var(--family-5)"
        />
      ))}
    </svg>
  );
}

function percent(offset: number, length: number): string {
  return `${Math.round((offset / length) * 100)} %`;
}
