import type { TokenCounter } from '#lib/tokens/tokenizer.ts';
import { findAnswerPositions, type AnswerPositions } from '../answers/answer-positions.ts';
import { findRestatedQuestion } from '../answers/restated-question.ts';
import type { Span } from '../detector.ts';
import type { Step } from '../scan/steps.ts';
import { scanText } from '../scan/text-scan.ts';
import { createTokenRuler } from './token-ruler.ts';
import { ANSWER_AGAIN, RESTATED_QUESTION, TEXT_KINDS, type TraceKind } from './trace-kinds.ts';

/** Tokens are null where nobody counts. Positions are UTF-16 units of the visible text. */
export interface TraceDescription {
  characters: number;
  tokens: number | null;
  parts: (TracePart & { startToken: number | null; endToken: number | null })[];
  steps: { start: number; end: number; startToken: number | null; endToken: number | null }[];
  kinds: (TraceKind & { count: number })[];
  /** By start; those of one kind do not overlap. */
  spans: (Span & { kind: string; startToken: number | null; endToken: number | null })[];
  answers: TraceAnswers | null;
}

/** Reasoning or answer as a place in the visible text; the markers between them belong to neither. */
export interface TracePart {
  name: 'reasoning' | 'answer';
  start: number;
  end: number;
}

export interface TraceAnswers {
  statements: number;
  /** Different candidates that were too many to compare. */
  uncompared: number;
  first: { start: number; end: number; text: string; cue: string; tokens: number | null } | null;
  /** Tokens after the first right answer. */
  afterTokens: number | null;
  again: number;
}

/** More marks of one kind than anybody looks at: a megabyte of "wait" has a quarter of a million. */
const MOST_SPANS = 4000;

/** All that a reader is shown of the redundancy in one text. */
export function describeTrace(
  text: string,
  {
    parts = [],
    question,
    isEqual,
    accepted = null,
    counter,
  }: {
    parts?: readonly TracePart[];
    question: string | null;
    /** Whether a candidate is the reference answer; null when nobody can tell. */
    isEqual: ((candidate: string) => boolean) | null;
    /** What the verifier read in a text that it found right. */
    accepted?: string | null;
    counter: TokenCounter | null;
  },
): TraceDescription {
  const scan = scanText(text);
  const ruler = counter === null ? null : createTokenRuler(text, counter);
  const at = (position: number): number | null => ruler?.at(position) ?? null;
  const positions = isEqual === null ? null : findAnswerPositions(text, isEqual, accepted);

  const found: [TraceKind, readonly Span[]][] = TEXT_KINDS.map((detector) => [
    detector,
    detector.detectIn?.(scan) ?? detector.detect(text),
  ]);
  if (question !== null)
    found.push([RESTATED_QUESTION, findRestatedQuestion(scan, scanText(question)).spans]);
  if (positions !== null)
    found.push([ANSWER_AGAIN, positions.again.map((one) => ({ ...one, label: one.answer }))]);

  return {
    characters: text.length,
    tokens: ruler?.tokens ?? null,
    parts: parts.map((part) => ({
      ...part,
      startToken: at(part.start),
      endToken: at(part.end),
    })),
    steps: stepsByPart(scan.steps, parts).map(({ start, end }) => ({
      start,
      end,
      startToken: at(start),
      endToken: at(end),
    })),
    kinds: found.map(([{ id, version, label, description }, spans]) => ({
      ...{ id, version, label, description },
      count: spans.length,
    })),
    spans: found
      .flatMap(([{ id }, spans]) =>
        spans.slice(0, MOST_SPANS).map(({ start, end, label }) => ({
          ...{ kind: id, start, end, label },
          startToken: at(start),
          endToken: at(end),
        })),
      )
      .sort((a, b) => a.start - b.start),
    answers: positions === null ? null : toAnswers(positions, ruler),
  };
}

/** A step that goes on behind the marker between two parts is one in each. */
function stepsByPart(steps: readonly Step[], parts: readonly TracePart[]): readonly Step[] {
  if (parts.length < 2) return steps;
  return parts.flatMap((part) =>
    steps.flatMap(({ start, end }) => {
      const inside = { start: Math.max(start, part.start), end: Math.min(end, part.end) };
      return inside.start < inside.end ? [inside] : [];
    }),
  );
}

function toAnswers(
  { first, again, statements, uncompared }: AnswerPositions,
  ruler: { tokens: number; at(position: number): number } | null,
): TraceAnswers {
  if (first === null) return { statements, uncompared, first: null, afterTokens: null, again: 0 };
  const { start, end, answer, cue } = first;
  const tokens = ruler?.at(end) ?? null;
  return {
    statements,
    uncompared,
    first: { start, end, text: answer, cue, tokens },
    afterTokens: ruler === null ? null : Math.max(0, ruler.tokens - ruler.at(end)),
    again: again.length,
  };
}
