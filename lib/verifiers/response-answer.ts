import { answerCandidates, type AnswerCandidate } from '#lib/text/final-answer.ts';
import { splitThinking } from '#lib/text/think-split.ts';
import { isIllegible, isTurned, visibleText } from '#lib/text/visible-text.ts';
import type { Verdict, VerifyInput } from './verifier.ts';

/** Far above any honest output; longer ones are read from their end. */
const MAX_RESPONSE = 400_000;

/** The part of a response that may hold the answer, or why there is none. */
export type AnswerPart =
  | {
      readonly text: string;
      /** Where an index of the text stands in the response. */ readonly placeOf: (
        index: number,
      ) => number;
    }
  | { readonly missing: string };

/** Drops the thinking, since an answer that stands only there was not given, and what a reader does not see. */
export function answerPart(input: VerifyInput): AnswerPart {
  const response =
    input.response.length > MAX_RESPONSE ? input.response.slice(-MAX_RESPONSE) : input.response;
  const cut = input.response.length - response.length;
  const split = splitThinking(response);
  if (!split.isClosed) return { missing: 'the thinking was not closed, so no answer was given' };
  const text = cutAtEndToken(split.answer.text);
  if (text.trim() === '') return { missing: 'the response is empty' };
  if (isTurned(text)) return { missing: 'control characters turn the text round' };
  const offset = cut + split.answer.start;
  const seen = visibleText(text);
  return seen === null
    ? { text, placeOf: (index) => offset + index }
    : { text: seen.text, placeOf: (index) => offset + seen.sourceAt(index) };
}

const END_TOKENS = [
  '<|im_end|>',
  '<|im_start|>',
  '<|endoftext|>',
  '<|eot_id|>',
  '<|return|>',
  '<|end|>',
  '</s>',
] as const;

function cutAtEndToken(text: string): string {
  if (!text.includes('<')) return text;
  let end = text.length;
  for (const token of END_TOKENS) {
    const index = text.indexOf(token);
    if (index > 0 && index < end && text.slice(0, index).trim() !== '') end = index;
  }
  return end === text.length ? text : text.slice(0, end);
}

/**
 * The candidates of a response; a text that was cut off counts only what it had declared by then, and one that nobody can
 * read for certain ends the search.
 */
export function* candidatesOf(input: VerifyInput, text: string): Generator<AnswerCandidate> {
  const candidates = input.isTruncated === true ? declaredBeforeCut(text) : answerCandidates(text);
  for (const candidate of candidates) {
    if (isIllegible(text, candidate.start, candidate.end)) return;
    yield candidate;
  }
}

function* declaredBeforeCut(text: string): Generator<AnswerCandidate> {
  const end = text.trimEnd().length;
  const isOpenEnd = !/(?:\$|\\[)\]])$/u.test(text.slice(0, end));
  for (const candidate of answerCandidates(text)) {
    if (candidate.isDeclared && !(isOpenEnd && candidate.end >= end)) yield candidate;
  }
}

export function unparsed(reason: string): Verdict {
  return { status: 'unparsed', extracted: null, reason };
}
