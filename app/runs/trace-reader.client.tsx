'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { Button } from '#app/_ui/button.tsx';
import { formatCount, formatPercent, formatTokens } from '#app/_ui/number-format.ts';
import { Notice } from '#app/_ui/notice.tsx';
import { useKeys } from '#app/_ui/use-keys.client.ts';
import type { SampleRedundancy } from '#lib/schemas/redundancy.ts';
import type { SampleOutcome } from '#lib/schemas/sample.ts';
import { Key } from './key.tsx';
import { redundancyQuery, type SamplePlace } from './redundancy-query.ts';
import type { TraceSpan } from './trace-blocks.ts';
import { TraceLegend } from './trace-legend.client.tsx';
import { TraceMap } from './trace-map.client.tsx';
import { TracePart } from './trace-part.client.tsx';
import { walkTo } from './trace-walk.client.ts';

export interface ReaderPart {
  name: 'reasoning' | 'answer';
  title: string;
  note: string;
  text: string;
}

interface TraceReaderProps {
  place: SamplePlace;
  parts: readonly ReaderPart[];
  outcome: SampleOutcome;
}

const NOTHING: SampleRedundancy['steps'] = [];
const REFLECTIONS = 'reflection-keywords';

/** What a model wrote, step by step: how far it had come, what it had said before, and where it could have ended. */
export function TraceReader({ place, parts, outcome }: TraceReaderProps) {
  const { data: trace, isError } = useQuery(redundancyQuery(place));
  const [off, setOff] = useQueryState(
    'hide',
    parseAsArrayOf(parseAsString).withDefault([]).withOptions({ history: 'replace' }),
  );
  const hidden = useMemo(() => new Set(off), [off]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [isDimmed, setDimmed] = useState(true);
  const toggle = (kind: string) =>
    void setOff(hidden.has(kind) ? off.filter((one) => one !== kind) : [...off, kind]);
  const fold = useCallback((row: number) => setFolded((old) => toggled(old, row)), []);
  const spans = useMemo(() => shownSpans(trace, hidden), [trace, hidden]);
  const walk = useWalk(spans, hidden);
  const first = trace?.answers?.first ?? null;
  const answer = useMemo(
    () =>
      trace === undefined || first === null
        ? null
        : { end: first.end, note: <AnswerNote trace={trace} outcome={outcome} /> },
    [trace, first, outcome],
  );
  const isRight = outcome === 'correct';

  return (
    <div className="flex min-w-0 flex-col gap-3">
      {isError && (
        <Notice tone="bad" title="What is redundant here could not be read">
          The text stands below without its marks. Load the page again in a moment.
        </Notice>
      )}
      {trace === undefined ? (
        <div aria-hidden className="h-[104px] animate-breathe rounded-[3px] bg-sunken" />
      ) : (
        <>
          <Reached trace={trace} outcome={outcome} />
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <TraceLegend kinds={trace.kinds} hidden={hidden} onToggle={toggle} />
            <div className="flex flex-wrap items-center gap-1.5">
              {first !== null && isRight && (
                <label className="flex items-center gap-1.5 px-1 text-xs text-muted">
                  <input
                    type="checkbox"
                    checked={isDimmed}
                    onChange={(event) => setDimmed(event.target.checked)}
                  />
                  dim after ◆
                </label>
              )}
              {first !== null && (
                <Button look="quiet" onClick={() => setFolded(stepsFrom(trace, first.end))}>
                  Fold after ◆
                </Button>
              )}
              <Button
                look="quiet"
                onClick={() => setFolded(folded.size > 0 ? new Set() : stepsFrom(trace, 0))}
              >
                {folded.size > 0 ? 'Unfold all' : 'Fold all'}
              </Button>
              {spans.length > 0 && (
                <Button onClick={walk}>
                  Next {hidden.has(REFLECTIONS) ? 'mark' : 'reflection'} <Key name="n" />
                </Button>
              )}
            </div>
          </div>
          <div className="sticky top-0 z-10">
            <TraceMap trace={trace} hidden={hidden} />
          </div>
        </>
      )}
      {parts.map((part) => (
        <Part key={part.name} title={part.title} note={part.note}>
          <TracePart
            {...textOf(part, trace)}
            steps={trace?.steps ?? NOTHING}
            spans={spans}
            folded={folded}
            onFold={fold}
            answer={answer}
            isDimmed={isDimmed && isRight}
          />
        </Part>
      ))}
    </div>
  );
}

function Part({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-2 border-t border-hair pt-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-base">{title}</h2>
        <p className="text-xs text-muted">{note}</p>
      </div>
      <div className="max-w-[112ch]">{children}</div>
    </section>
  );
}

/** The one sentence that the page is opened for. */
function Reached({ trace, outcome }: { trace: SampleRedundancy; outcome: SampleOutcome }) {
  const { answers, tokens, reasons } = trace;
  if (answers === null) {
    return (
      <p className="text-sm text-muted">{reasons.answers ?? 'The answer was not looked for.'}</p>
    );
  }
  if (answers.first === null) {
    return (
      <p className="text-sm text-muted">
        {answers.statements === 0
          ? 'No answer is stated anywhere in this text.'
          : `None of the ${formatCount(answers.statements)} answers that this text states is the right one.`}
      </p>
    );
  }
  const { first, afterTokens, again } = answers;
  return (
    <p className="text-lg leading-6 text-balance">
      <a
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          walkTo(first.start);
        }}
        className="underline decoration-hair underline-offset-4 hover:decoration-accent"
      >
        <span className="text-accent">◆</span> The right answer first stood{' '}
        {first.tokens === null ? 'here' : `after ${formatTokens(first.tokens)}`}
      </a>
      {afterTokens !== null && tokens !== null && tokens > 0 && (
        <>
          {outcome === 'correct' ? '; ' : ' and was not kept; '}
          <strong className="font-semibold">{formatTokens(afterTokens)}</strong> (
          {formatPercent(afterTokens / tokens, 0)} %) came after it
        </>
      )}
      {again > 0 &&
        `, and it was stated ${formatCount(again)} more ${again === 1 ? 'time' : 'times'}`}
      .
    </p>
  );
}

function AnswerNote({ trace, outcome }: { trace: SampleRedundancy; outcome: SampleOutcome }) {
  const { answers } = trace;
  if (answers?.first == null) return null;
  const { afterTokens } = answers;
  const tokens = afterTokens === null ? null : formatTokens(afterTokens);
  return (
    <div
      data-answer-note
      className="my-1.5 flex items-center gap-2 border-y border-accent/50 bg-accent-ground px-3 py-1 font-sans text-xs whitespace-normal"
    >
      <span aria-hidden className="text-accent">
        ◆
      </span>
      <span>
        {outcome === 'correct'
          ? `Everything after this point was not needed${tokens === null ? '' : `: ${tokens}`}.`
          : `The right answer stood here and was not kept${tokens === null ? '' : `: ${tokens} followed`}.`}
      </span>
    </div>
  );
}

/** Before the places are known, the part is a text of its own. */
function textOf(part: ReaderPart, trace: SampleRedundancy | undefined) {
  const place = trace?.parts.find((one) => one.name === part.name);
  const from = trace === undefined || place === undefined ? 0 : place.start;
  // Line ends between the parts are nobody's text.
  const blank = /^\s*\n/.exec(part.text)?.[0].length ?? 0;
  return { text: part.text, offset: from, blank };
}

function shownSpans(trace: SampleRedundancy | undefined, hidden: ReadonlySet<string>): TraceSpan[] {
  if (trace === undefined) return [];
  const shown: TraceSpan[] = trace.spans.filter(({ kind }) => !hidden.has(kind));
  const first = trace.answers?.first;
  if (first == null) return shown;
  const { start, end, text: label } = first;
  return [...shown, { kind: 'first-answer', start, end, label }].sort((a, b) => a.start - b.start);
}

function toggled(old: ReadonlySet<number>, row: number): ReadonlySet<number> {
  const next = new Set(old);
  if (!next.delete(row)) next.add(row);
  return next;
}

function stepsFrom(trace: SampleRedundancy, position: number): ReadonlySet<number> {
  return new Set(trace.steps.filter(({ start }) => start >= position).map(({ start }) => start));
}

/** n goes to the next reflection while reflections are shown, else to the next mark of any kind, and round again. */
function useWalk(spans: readonly TraceSpan[], hidden: ReadonlySet<string>): () => void {
  const last = useRef(-1);
  const walk = useCallback(() => {
    const wanted = hidden.has(REFLECTIONS)
      ? spans
      : spans.filter(({ kind }) => kind === REFLECTIONS);
    const next = wanted.find(({ start }) => start > last.current) ?? wanted[0];
    if (next === undefined) return;
    last.current = next.start;
    walkTo(next.start);
  }, [spans, hidden]);
  useKeys({ n: walk });
  return walk;
}
