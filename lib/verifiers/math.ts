import { canonicalKey } from '#lib/math/canonical.ts';
import { compareAnswers } from '#lib/math/compare.ts';
import type { Judgement } from '#lib/math/judgement.ts';
import { MathPolicy, MOST_LENIENT, STRICTEST } from '#lib/math/policy.ts';
import { printTree } from '#lib/math/print-tree.ts';
import {
  findReadable,
  isConcise,
  isProse,
  type ReadableAnswer,
} from '#lib/math/readable-answer.ts';
import type { Reading } from '#lib/math/reading.ts';
import { readReference, type Reference } from '#lib/math/reference.ts';
import { isSameWriting, normalizeText } from '#lib/math/words.ts';
import { bareLetter, findChoiceLetter, leadingLetter } from '#lib/text/choice-letter.ts';
import { asSeen } from '#lib/text/visible-text.ts';
import { answerPart, candidatesOf, unparsed } from './response-answer.ts';
import { MATH_CONVENTIONS } from './math-conventions.ts';
import type { Explanation, ReadSide, Verdict, Verifier, VerifyInput } from './verifier.ts';

export const math: Verifier<MathPolicy> = {
  id: 'math',
  version: 3,
  label: 'Mathematics',
  description:
    'Finds the final answer, reads LaTeX, Unicode and plain mathematics, and compares exactly: fractions, surds, expressions, sets, intervals, relations, matrices, units. What can not be decided is unverifiable, never wrong.',
  needs: {
    reference: 'mathematics in LaTeX or plain text, a letter of a choice, or words',
    otherReference: '\\frac{',
    response: 'a final answer: in a box, in tags, announced, or stated last',
  },
  policy: MathPolicy,
  conventions: MATH_CONVENTIONS,
  suits: {
    order: 2,
    // Words among the references are compared as words; as text, most mathematics would be wrong.
    share: 0.5,
    gold(gold) {
      return isConcise(readReference(gold).reading);
    },
  },
  extremes: { strictest: STRICTEST, mostLenient: MOST_LENIENT },
  kin: 'mathematics',
  examples: [
    {
      response: 'So the result is $\\boxed{\\frac{1}{2}}$.',
      gold: '0.5',
      expect: 'correct',
      why: 'A fraction equals its decimal.',
    },
    {
      response: 'The answer is \\boxed{2\\sqrt{3}}',
      gold: '\\sqrt{12}',
      expect: 'correct',
      why: 'Surds are compared by value.',
    },
    {
      response: '\\boxed{(x+1)^2}',
      gold: 'x^2+2x+1',
      expect: 'correct',
      why: 'Expanded and factored forms are the same.',
    },
    {
      response: '\\boxed{x \\le 2}',
      gold: '(-\\infty, 2]',
      expect: 'correct',
      why: 'A relation may stand for its interval.',
    },
    {
      response: '\\boxed{3, 1, 2}',
      gold: '1, 2, 3',
      expect: 'correct',
      why: 'A bare list has no order.',
    },
    {
      response: '\\boxed{3.14159265}',
      gold: '\\pi',
      expect: 'wrong',
      why: 'A rounded value is not the exact one.',
    },
    { response: '\\boxed{(2,1)}', gold: '(1,2)', expect: 'wrong', why: 'A tuple has an order.' },
    { response: '\\boxed{41}', gold: '42', expect: 'wrong', why: 'Another number is wrong.' },
    {
      response: '\\boxed{42 \\text{ or } 17}',
      gold: '42',
      expect: 'wrong',
      why: 'Two answers are not one answer.',
    },
    {
      response: '<think>It is \\boxed{42}.</think> I could not finish.',
      gold: '42',
      expect: 'unparsed',
      why: 'An answer in the thinking was not given.',
    },
    {
      response: '<think>Maybe $42$, let me',
      gold: '42',
      expect: 'unparsed',
      why: 'The thinking never ended.',
    },
    {
      response: '\\boxed{10^{10^{10^{10}}}}',
      gold: '10^{10}',
      expect: 'unverifiable',
      why: 'A power tower is not computed.',
    },
    {
      response: '\\boxed{27/59}',
      gold: '0.458',
      expect: 'wrong',
      why: 'By default a rounded reference is taken as it stands.',
    },
    {
      response: '\\boxed{27/59}',
      gold: '0.458',
      expect: 'correct',
      policy: { rounding: 'gold-places' },
      why: 'The rounding policy accepts what rounds to the reference.',
    },
  ],
  verify(input, policy) {
    return investigate(input, policy).verdict;
  },
  explain(input, policy) {
    const { verdict, step, rule, span, found } = investigate(input, policy);
    if (found === null) return { verdict, rule, span, gold: null, answer: null, step };
    const answer = side({ text: found.candidate.text, reading: found.reading });
    return { verdict, rule, span, gold: side(readReference(asSeen(input.gold))), answer, step };
  },
};

/** Longer than anybody reads; an explanation must not be as large as a hostile answer. */
const MAX_SHOWN = 2_000;

interface Investigation {
  readonly verdict: Verdict;
  readonly step: string;
  readonly rule: string | null;
  readonly span: Explanation['span'];
  /** The answer beside the reference; null where none was found or a letter was enough. */
  readonly found: ReadableAnswer | null;
}

function investigate(input: VerifyInput, policy: MathPolicy): Investigation {
  const goldText = asSeen(input.gold);
  const part = answerPart(input);
  if ('missing' in part) return withoutAnswer(part.missing);
  const choice = input.isTruncated === true ? null : announcedChoice(part, goldText);
  if (choice !== null) return choice;
  const found = findReadable(candidatesOf(input, part.text));
  if (found === null) {
    return withoutAnswer(
      input.isTruncated === true
        ? 'the output was cut off before an answer'
        : 'no answer was found',
    );
  }
  const { candidate } = found;
  const { verdict, step } = judge(goldText, found, policy);
  return {
    verdict,
    step,
    rule: candidate.rule,
    span: { start: part.placeOf(candidate.start), end: part.placeOf(candidate.end) },
    found,
  };
}

function withoutAnswer(reason: string): Investigation {
  return {
    verdict: unparsed(reason),
    step: reason,
    rule: null,
    span: null,
    found: null,
  };
}

/** A reference that is a letter asks for a choice, which may be announced in words without a box. */
function announcedChoice(
  { text, placeOf }: { readonly text: string; readonly placeOf: (index: number) => number },
  gold: string,
): Investigation | null {
  const letter = text.includes('\\boxed') ? null : readReference(gold).letter;
  if (letter === null) return null;
  const chosen = findChoiceLetter(text);
  if (chosen?.rule !== 'announced letter') return null;
  const extracted = chosen.at.text;
  const step = `${chosen.letter} was chosen, ${letter} is expected`;
  const verdict: Verdict =
    chosen.letter === letter
      ? { status: 'correct', extracted, reason: null }
      : { status: 'wrong', extracted, reason: step };
  const span = { start: placeOf(chosen.at.start), end: placeOf(chosen.at.end) };
  return { verdict, step, rule: chosen.rule, span, found: null };
}

interface Judged {
  readonly verdict: Verdict;
  readonly step: string;
}

function judge(source: string, found: ReadableAnswer, policy: MathPolicy): Judged {
  const extracted = found.candidate.text;
  if (extracted.trim() === '')
    return { verdict: unparsed('the box is empty'), step: 'the box is empty' };
  const written = source.trim();
  // First of all, since it needs no reading of either side.
  if (isSameWriting(written, extracted)) return accepted(extracted, 'both are written the same');
  const gold = readReference(source);
  if (gold.text !== written && isSameWriting(gold.text, extracted))
    return accepted(extracted, 'both are written the same');
  const chosen = bareLetter(extracted);
  if (chosen !== null && chosen === gold.leadingLetter)
    return accepted(extracted, 'the letter of the choice is given');
  if (gold.letter !== null && gold.letter === leadingLetter(extracted))
    return accepted(extracted, 'the letter of the choice leads');
  if (gold.reading.kind === 'words' && isSameText(gold.text, extracted))
    return accepted(extracted, 'the words are the same');
  if (isProse(found))
    return refused('unparsed', extracted, 'the answer is a sentence, not a value');
  const judged = byComparison(gold, found, policy);
  const value = judged.verdict.status === 'correct' ? null : gold.valueBehindLetter;
  return value === null ? judged : byComparison(value, found, policy);
}

function byComparison(gold: Reference, found: ReadableAnswer, policy: MathPolicy): Judged {
  const extracted = found.candidate.text;
  const { reading } = found;
  if (gold.reading.kind === 'unreadable') {
    return refused(
      'unverifiable',
      extracted,
      `the reference could not be read: ${gold.reading.reason}`,
    );
  }
  if (reading.kind === 'unreadable')
    return refused('unparsed', extracted, `the answer could not be read: ${reading.reason}`);
  const judgement: Judgement = compareAnswers(gold.reading.node, reading.node, policy);
  if (judgement.result === 'equal') return accepted(extracted, judgement.step);
  if (judgement.result === 'unknown') return refused('unverifiable', extracted, judgement.step);
  const isMute = reading.kind === 'words' && gold.reading.kind === 'value';
  return isMute
    ? refused('unparsed', extracted, 'the answer is words, not a value')
    : refused('wrong', extracted, judgement.step);
}

function accepted(extracted: string, step: string): Judged {
  return { verdict: { status: 'correct', extracted, reason: null }, step };
}

function refused(
  status: 'wrong' | 'unparsed' | 'unverifiable',
  extracted: string,
  step: string,
): Judged {
  return { verdict: { status, extracted, reason: step }, step };
}

function isSameText(gold: string, extracted: string): boolean {
  const left = normalizeText(gold);
  return left !== '' && left === normalizeText(extracted);
}

function side(read: { readonly text: string; readonly reading: Reading } | null): ReadSide | null {
  if (read === null || read.reading.kind === 'unreadable') return null;
  const { node } = read.reading;
  return {
    text: shorten(read.text),
    tree: printTree(node),
    canonical: shorten(canonicalKey(node)),
  };
}

function shorten(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
