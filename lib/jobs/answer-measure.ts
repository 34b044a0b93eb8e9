import { findAnswerForm } from '#lib/redundancy/answers/answer-form.ts';
import { findAnswerPositions } from '#lib/redundancy/answers/answer-positions.ts';
import type { TokenCounter } from '#lib/tokens/tokenizer.ts';
import { visibleText, type AttemptTexts } from './attempt-measure.ts';

/** Where the text of an attempt states the reference answer. */
export interface MeasuredAnswers {
  statements: number;
  /** UTF-16 offset in the visible text after the first right statement; null when none is right. */
  firstCorrectAt: number | null;
  /** Tokens up to there, and from there to the end. */
  firstCorrectTokens: number | null;
  afterCorrectTokens: number | null;
  /** Later right statements; null when none is right. */
  correctAgain: number | null;
}

interface AnswerQuestion {
  gold: string;
  /** The verdict of the run's verifier on a whole response. */
  isCorrect: (response: string) => boolean;
  /** What the verifier read in a text that it found right; null for every other text. */
  accepted: string | null;
  counter: TokenCounter;
  /** Of the whole text. */
  tokens: number;
  now: () => number;
}

/** Comparing takes about 30 µs a candidate (measured 2026-11 on 489 real traces); only tables and hostile texts get here. */
const BUDGET_MS = 500;

/** Null when nobody can tell: no text, a verifier that does not compare, or a text of too many different answers. */
export function measureAnswers(
  texts: AttemptTexts,
  { gold, isCorrect, accepted, counter, tokens, now }: AnswerQuestion,
): MeasuredAnswers | null {
  const text = visibleText(texts);
  if (text === null) return null;
  const form = findAnswerForm(gold, isCorrect);
  if (form === null) return null;
  const deadline = now() + BUDGET_MS;
  const limit = { isPassed: false };
  const isEqual = (candidate: string): boolean => {
    limit.isPassed ||= now() > deadline;
    return !limit.isPassed && isCorrect(form(candidate));
  };
  const positions = findAnswerPositions(text, isEqual, accepted);
  // What was not compared may have been right: its first place is then not known.
  if (limit.isPassed || positions.uncompared > 0) return null;
  const { first, again, statements } = positions;
  if (first === null) {
    const nowhere = { firstCorrectAt: null, firstCorrectTokens: null, afterCorrectTokens: null };
    return { statements, ...nowhere, correctAgain: null };
  }
  const firstCorrectTokens = countUpTo(texts, first.end, counter);
  return {
    statements,
    firstCorrectAt: first.end,
    firstCorrectTokens,
    afterCorrectTokens: Math.max(0, tokens - firstCorrectTokens),
    correctAgain: again.length,
  };
}

/** Parts that the source has parted are counted apart, as their sum is. */
function countUpTo(texts: AttemptTexts, end: number, counter: TokenCounter): number {
  const { output, reasoning, answer } = texts;
  if (output !== null) return counter.count(output.slice(0, end));
  if (reasoning === null) return counter.count((answer ?? '').slice(0, end));
  if (end <= reasoning.length) return counter.count(reasoning.slice(0, end));
  // One character, the line break between the parts, belongs to neither.
  return (
    counter.count(reasoning) + counter.count((answer ?? '').slice(0, end - reasoning.length - 1))
  );
}
