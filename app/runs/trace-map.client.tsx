'use client';

import { useEffect, useRef } from 'react';
import { formatCount, formatShort } from '#app/_ui/number-format.ts';
import type { SampleRedundancy } from '#lib/schemas/redundancy.ts';
import { kindLook } from './kind-looks.ts';
import { walkTo } from './trace-walk.client.ts';

interface TraceMapProps {
  trace: SampleRedundancy;
  hidden: ReadonlySet<string>;
}

const LANE = { word: 2, switch: 9.5, passage: 17, answer: 24.5 } as const;
/** More ticks of a kind than this run into one bar. */
const MOST_TICKS = 300;

/** The whole trace from its first token at the left to its last, with a tick where something was marked; a click goes there. */
export function TraceMap({ trace, hidden }: TraceMapProps) {
  const scale = scaleOf(trace);
  const { answers } = trace;
  const answerAt = answers?.first == null ? null : scale.share(answers.first);
  return (
    <div className="flex flex-col gap-0.5 bg-paper pt-2 pb-1.5">
      <div
        role="img"
        aria-label={`The trace from its first to its last token with ${formatCount(trace.spans.length)} marks. Keys and the transcript lead to the same places.`}
        className="relative h-8 cursor-pointer rounded-[3px] bg-sunken"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const position = nearest(trace, scale, (event.clientX - box.left) / box.width, hidden);
          if (position !== null) walkTo(position);
        }}
      >
        {answerAt !== null && (
          <span
            aria-hidden
            className="absolute inset-y-0 right-0 bg-[repeating-linear-gradient(135deg,transparent_0_4px,var(--line-hair)_4px_5px)]"
            style={{ left: percent(answerAt) }}
          />
        )}
        <Ticks {...{ trace, hidden, scale }} />
        {answerAt !== null && (
          <span
            aria-hidden
            className="absolute top-1/2 -translate-1/2 text-sm leading-none text-accent"
            style={{ left: percent(answerAt) }}
          >
            ◆
          </span>
        )}
        <InSight trace={trace} />
      </div>
      <div aria-hidden className="relative h-4 text-[11px] text-muted">
        {scale.ticks.map((tick) => (
          <span
            key={tick}
            className="absolute -translate-x-1/2 first:translate-x-0"
            style={{ left: percent(tick / scale.length) }}
          >
            {formatShort(tick)}
          </span>
        ))}
        <span className="absolute right-0 bg-paper pl-2">
          {formatCount(scale.length)} {scale.unit}
        </span>
      </div>
    </div>
  );
}

interface Scale {
  unit: string;
  length: number;
  ticks: number[];
  share(place: { start: number; startToken?: number | null; tokens?: number | null }): number;
}

function scaleOf(trace: SampleRedundancy): Scale {
  const { tokens, characters } = trace;
  const isCounted = tokens !== null && tokens > 0;
  const length = Math.max(1, isCounted ? tokens : characters);
  const step = niceStep(length);
  const ticks: number[] = [];
  for (let tick = 0; tick < length * 0.86; tick += step) ticks.push(tick);
  return {
    unit: isCounted ? 'tokens' : 'characters',
    length,
    ticks,
    share: ({ start, startToken, tokens: until }) =>
      Math.min(1, (isCounted ? (startToken ?? until ?? 0) : start) / length),
  };
}

function niceStep(length: number): number {
  const rough = length / 6;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  return Math.max(1, [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough) ?? power);
}

function Ticks({ trace, hidden, scale }: TraceMapProps & { scale: Scale }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 1000 32"
      preserveAspectRatio="none"
      className="absolute inset-0 size-full"
    >
      {trace.kinds
        .filter(({ id }) => !hidden.has(id))
        .map(({ id }) => {
          const { form, colour } = kindLook(id);
          const spans = trace.spans.filter((span) => span.kind === id);
          const every = Math.ceil(spans.length / MOST_TICKS);
          return (
            <g key={id} fill={colour}>
              {spans
                .filter((_, index) => index % every === 0)
                .map((span) => {
                  const from = scale.share(span);
                  const to = scale.share({ start: span.end, startToken: span.endToken });
                  const width = form === 'passage' ? Math.max(1.6, (to - from) * 1000) : 1.6;
                  return (
                    <rect
                      key={span.start}
                      x={(from * 998).toFixed(1)}
                      y={LANE[form]}
                      width={width.toFixed(1)}
                      height="5.5"
                    />
                  );
                })}
            </g>
          );
        })}
    </svg>
  );
}

/** Where the window stands, found from the boxes of the parts at every scroll. */
function InSight({ trace }: { trace: SampleRedundancy }) {
  const frame = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let request = 0;
    const place = () => {
      request = 0;
      if (frame.current === null) return;
      const [from, to] = windowShares(trace);
      frame.current.style.left = percent(from);
      frame.current.style.width = percent(Math.max(0.004, to - from));
    };
    const later = () => {
      if (request === 0) request = requestAnimationFrame(place);
    };
    later();
    window.addEventListener('scroll', later, { passive: true });
    window.addEventListener('resize', later);
    return () => {
      cancelAnimationFrame(request);
      window.removeEventListener('scroll', later);
      window.removeEventListener('resize', later);
    };
  }, [trace]);
  return (
    <span
      ref={frame}
      aria-hidden
      className="pointer-events-none absolute inset-y-0 rounded-[2px] border border-ink/60"
    />
  );
}

function windowShares(trace: SampleRedundancy): [number, number] {
  let [low, high] = [1, 0];
  for (const part of document.querySelectorAll<HTMLElement>('[data-trace-part]')) {
    const box = part.getBoundingClientRect();
    const above = Math.max(0, -box.top / Math.max(1, box.height));
    const below = Math.min(1, (window.innerHeight - box.top) / Math.max(1, box.height));
    if (below <= 0 || above >= 1) continue;
    const start = Number(part.dataset.tracePart);
    const length = Number(part.dataset.traceEnd) - start;
    low = Math.min(low, (start + above * length) / trace.characters);
    high = Math.max(high, (start + below * length) / trace.characters);
  }
  return low > high ? [0, 0] : [low, high];
}

/** The mark next to where the reader clicked, or the step there when no mark is near. */
function nearest(
  trace: SampleRedundancy,
  scale: Scale,
  wanted: number,
  hidden: ReadonlySet<string>,
): number | null {
  const marks = trace.spans.filter(({ kind }) => !hidden.has(kind));
  const first = trace.answers?.first;
  const places = [
    ...marks.map((span) => ({ position: span.start, distance: scale.share(span) - wanted })),
    ...(first == null ? [] : [{ position: first.start, distance: scale.share(first) - wanted }]),
  ].filter(({ distance }) => Math.abs(distance) < 0.01);
  const best = places.sort((a, b) => Math.abs(a.distance) - Math.abs(b.distance))[0];
  if (best !== undefined) return best.position;
  return trace.steps.findLast((step) => scale.share(step) <= wanted)?.start ?? null;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
