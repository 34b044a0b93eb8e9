'use client';

import { memo, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { formatCount, formatTokens } from '#app/_ui/number-format.ts';
import { kindLook } from './kind-looks.ts';
import {
  toPieces,
  toTraceBlocks,
  type TraceBlock,
  type TracePiece,
  type TraceRow,
  type TraceSpan,
  type TraceStep,
} from './trace-blocks.ts';

export interface TracePartProps {
  text: string;
  /** Of the part in the whole that all places below count in. */
  offset: number;
  /** Line ends before the first word, which are nobody's text. */
  blank: number;
  steps: readonly TraceStep[];
  spans: readonly TraceSpan[];
  folded: ReadonlySet<number>;
  onFold: (row: number) => void;
  /** The end of the first right answer, and what stands behind its step. */
  answer: { end: number; note: ReactNode } | null;
  isDimmed: boolean;
}

/** Rendered with its rows at once; the rest when the reader comes near. */
const FIRST_BLOCKS = 4;
/** A number at every step would be a wall of numbers. */
const LABEL_EVERY_TOKENS = 60;

const GRID = 'grid grid-cols-[3.25rem_minmax(0,1fr)] sm:grid-cols-[4.25rem_minmax(0,1fr)]';

/**
 * One part of what a model wrote, as text and nothing else, with the tokens so far in its margin. Blocks far from the reader
 * are one plain string each, laid out only in sight: a megabyte with thousands of marks then opens like a paragraph.
 */
export function TracePart(props: TracePartProps) {
  const { text, offset, blank } = props;
  const steps = useMemo(
    () =>
      props.steps.map((step) => ({ ...step, start: step.start - offset, end: step.end - offset })),
    [props.steps, offset],
  );
  const spans = useMemo(
    () =>
      props.spans
        .map((span) => ({ ...span, start: span.start - offset, end: span.end - offset }))
        .filter((span) => span.end > 0 && span.start < text.length),
    [props.spans, offset, text],
  );
  const blocks = useMemo(
    () => toTraceBlocks(text, { start: blank, end: text.length }, steps),
    [text, blank, steps],
  );
  return (
    <div
      data-trace-part={offset}
      data-trace-end={offset + text.length}
      className="font-mono text-[13px] leading-[1.6] [overflow-wrap:anywhere] whitespace-pre-wrap"
    >
      {blocks.map((block, index) => (
        <Block
          key={block.start}
          block={block}
          isNear={index < FIRST_BLOCKS}
          {...props}
          spans={spans}
        />
      ))}
    </div>
  );
}

const Block = memo(function Block({
  block,
  isNear,
  ...props
}: TracePartProps & { block: TraceBlock; isNear: boolean }) {
  const frame = useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = useState(isNear);
  useEffect(() => {
    if (isDrawn || frame.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setDrawn(true);
      },
      { rootMargin: '900px' },
    );
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [isDrawn]);
  return (
    <div
      ref={frame}
      data-trace-block={block.start + props.offset}
      className="[content-visibility:auto]"
      style={{ containIntrinsicSize: `auto ${String(block.lines * 21)}px` }}
    >
      {isDrawn ? (
        <Rows block={block} {...props} />
      ) : (
        <div className={GRID}>
          <span className="border-r border-hair" />
          <span className="pl-3">{props.text.slice(block.start, block.end)}</span>
        </div>
      )}
    </div>
  );
});

function Rows({ block, ...props }: TracePartProps & { block: TraceBlock }) {
  const { spans } = props;
  const inside = spans.filter((span) => span.start < block.end && span.end > block.start);
  let labelled = -Infinity;
  return block.rows.map((row) => {
    const hasLabel = row.startToken !== null && row.startToken - labelled >= LABEL_EVERY_TOKENS;
    if (hasLabel) labelled = row.startToken ?? labelled;
    return <Row key={row.start} row={row} hasLabel={hasLabel} {...props} spans={inside} />;
  });
}

function Row({
  row,
  hasLabel,
  text,
  offset,
  spans,
  folded,
  onFold,
  answer,
  isDimmed,
}: TracePartProps & { row: TraceRow; hasLabel: boolean }) {
  const isFolded = folded.has(row.step + offset);
  const end = answer === null ? null : answer.end - offset;
  const hasAnswer = end !== null && end > row.start && end <= row.end;
  const isAfter = end !== null && row.start >= end;
  const fold = () => onFold(row.step + offset);
  // One line stands for a folded step, however many pieces it has.
  if (isFolded && row.isContinued) return null;
  return (
    <>
      <div data-row={row.start + offset} className={`${GRID} group data-current:bg-sunken`}>
        <Margin row={row} {...{ hasLabel, isFolded, hasAnswer, isAfter, fold }} />
        {isFolded ? (
          <button
            type="button"
            onClick={fold}
            className="truncate pl-3 text-left whitespace-pre text-muted"
          >
            {text.slice(row.start, Math.min(row.textEnd, row.start + 160)).replaceAll('\n', ' ')}
          </button>
        ) : (
          <div className={`pl-3 ${isAfter && isDimmed ? 'text-muted' : ''}`}>
            {toPieces(text, row, spans).map((piece) => (
              <Piece key={piece.start} piece={piece} offset={offset} />
            ))}
          </div>
        )}
      </div>
      {hasAnswer && answer?.note}
    </>
  );
}

interface MarginProps {
  row: TraceRow;
  hasLabel: boolean;
  isFolded: boolean;
  hasAnswer: boolean;
  isAfter: boolean;
  fold: () => void;
}

function Margin({ row, hasLabel, isFolded, hasAnswer, isAfter, fold }: MarginProps) {
  const tokens = row.tokens === null ? '' : `, ${formatTokens(row.tokens)}`;
  const at = row.startToken === null ? '' : ` at token ${formatCount(row.startToken)}`;
  return (
    <span
      className={`flex items-start justify-end gap-1 border-r pr-2 text-right font-sans text-[11px] leading-[21px] whitespace-nowrap select-none ${isAfter ? 'border-dashed border-firm' : hasAnswer ? 'border-accent' : 'border-hair'}`}
    >
      {hasAnswer && (
        <span aria-hidden className="text-accent">
          ◆
        </span>
      )}
      {!row.isContinued && (
        <button
          type="button"
          aria-expanded={!isFolded}
          aria-label={`${isFolded ? 'Unfold' : 'Fold'} the step${at}${tokens}`}
          title={`Step${at}${tokens}`}
          onClick={fold}
          className="min-w-6 text-right text-muted hover:text-ink"
        >
          {isFolded ? (
            `+${formatCount(row.tokens)}`
          ) : hasLabel ? (
            formatCount(row.startToken)
          ) : (
            <span className="opacity-0 group-hover:opacity-100">–</span>
          )}
        </button>
      )}
    </span>
  );
}

/** Underlines of the outer spans around the ground of the inner one. */
function Piece({ piece, offset }: { piece: TracePiece; offset: number }) {
  return piece.spans.reduceRight<ReactNode>((inner, span) => {
    const { form, mark } = kindLook(span.kind);
    const isStart = span.start === piece.start;
    return (
      <mark
        key={span.kind}
        data-kind={span.kind}
        data-mark={isStart ? span.start + offset : undefined}
        title={titleOf(span)}
        className={`bg-transparent text-inherit data-current:outline-2 data-current:outline-accent ${form === 'passage' ? '' : 'rounded-[2px] text-ink'}`}
        style={mark}
      >
        {inner}
      </mark>
    );
  }, piece.text);
}

function titleOf({ kind, label }: TraceSpan): string {
  const said = label.length > 80 ? `${label.slice(0, 80)}…` : label;
  if (kind === 'first-answer') return `The first right answer: ${said}`;
  if (kind === 'answer-again') return `The right answer again: ${said}`;
  if (kind === 'reflection-keywords') return `Counted as a reflection: ${said}`;
  if (kind === 'thought-switches') return `Counted as a thought switch: ${said}`;
  return said;
}
