import { compareAnswers } from '#lib/math/compare.ts';
import type { Judgement } from '#lib/math/judgement.ts';
import { MathPolicy } from '#lib/math/policy.ts';
import { readAnswer, type Reading } from '#lib/math/reading.ts';
import { isAddress, isSameWriting, normalizeText } from '#lib/math/words.ts';
import { answerCandidates, type AnswerCandidate } from '#lib/text/final-answer.ts';
import {
  bareLetter,
  findChoiceLetter,
  leadingLetter,
  type ChoiceFound,
} from '#lib/text/choice-letter.ts';
import { answerPart, candidatesOf, unparsed } from './response-answer.ts';
import type { Verdict, Verifier, VerifyInput } from './verifier.ts';

/** More words than this around a value are a sentence about something, not an answer. */
const MAX_WORDS = 4;
/** In a text that names no answer, even a few words make it a sentence. */
const MAX_UNDECLARED_WORDS = 3;

/** A longer text is not one sentence any more. */
const MAX_SENTENCE = 200;

interface Found {
  readonly candidate: AnswerCandidate;
  readonly reading: Reading;
}

export const math: Verifier<MathPolicy> = {
  id: 'math',
  version: 1,
  label: 'Mathematics',
  description:
    'Finds the final answer, reads LaTeX, Unicode and plain mathematics, and compares exactly: fractions, surds, expressions, sets, intervals, relations, matrices, units. What can not be decided is unverifiable, never wrong.',
  policy: MathPolicy,
  suits: {
    order: 2,
    gold(gold) {
      const { reading } = readGold(gold);
      return reading.kind === 'value' && reading.words <= MAX_WORDS;
    },
  },
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
    const part = answerPart(input);
    if ('missing' in part) return unparsed(part.missing);
    const letter = bareLetter(input.gold);
    if (letter !== null && !part.text.includes('\\boxed')) {
      const chosen = findChoiceLetter(part.text);
      if (chosen?.rule === 'announced letter' && input.isTruncated !== true)
        return choiceVerdict(chosen, letter);
    }
    const found = findReadable(candidatesOf(input, part.text));
    if (found === null)
      return unparsed(
        input.isTruncated === true
          ? 'the output was cut off before an answer'
          : 'no answer was found',
      );
    return judge(input, found, policy);
  },
};

function choiceVerdict(chosen: ChoiceFound, gold: string): Verdict {
  const extracted = chosen.at.text;
  if (chosen.letter === gold) return { status: 'correct', extracted, reason: null };
  return { status: 'wrong', extracted, reason: `${chosen.letter} was chosen, ${gold} is expected` };
}

/** The first candidate that reads as a value; a box is final, whatever it holds. */
function findReadable(candidates: Iterable<AnswerCandidate>): Found | null {
  let words: Found | null = null;
  for (const candidate of candidates) {
    if (candidate.rule === 'whole text' && candidate.text.length <= MAX_SENTENCE) {
      if (isAddress(candidate.text)) break;
    }
    const reading = readAnswer(candidate.text);
    const found = { candidate, reading };
    if (candidate.rule === 'box' || candidate.rule === 'boxes joined') return found;
    const most = candidate.isDeclared ? MAX_WORDS : MAX_UNDECLARED_WORDS;
    const isDenying = candidate.rule === 'whole text' && /\bnot\b/iu.test(candidate.text);
    if (
      reading.kind === 'value' &&
      !isDenying &&
      reading.words <= most &&
      !isAddress(candidate.text)
    )
      return found;
    if (words === null && candidate.text.length <= MAX_SENTENCE) words = found;
  }
  return words;
}

function judge(input: VerifyInput, found: Found, policy: MathPolicy): Verdict {
  const extracted = found.candidate.text;
  if (extracted.trim() === '') return unparsed('the box is empty');
  const gold = readGold(input.gold);
  if (isSameWriting(gold.text, extracted)) return { status: 'correct', extracted, reason: null };

  const letter = bareLetter(gold.text);
  if (letter !== null && letter === leadingLetter(extracted))
    return { status: 'correct', extracted, reason: null };
  const { reading } = found;
  const isProse =
    reading.kind === 'value' &&
    reading.words > 0 &&
    (reading.words > MAX_WORDS || isAddress(extracted));
  if (isProse) return proseVerdict(extracted, gold);
  const judgements: Judgement[] = [];
  if (reading.kind !== 'unreadable' && gold.reading.kind !== 'unreadable') {
    judgements.push(compareAnswers(gold.reading.node, reading.node, policy));
  }
  const isSameWords = gold.reading.kind === 'words' && isSameText(gold.text, extracted);
  if (isSameWords || judgements.some(({ result }) => result === 'equal')) {
    return { status: 'correct', extracted, reason: null };
  }
  return refusal(extracted, found, gold, judgements[0] ?? null);
}

interface Gold {
  readonly text: string;
  readonly reading: Reading;
}

/** A reference may come with a box, after `####`, or inside a sentence. */
function readGold(text: string): Gold {
  const isMarked = text.includes('\\boxed') || text.includes('####');
  const plain = text.trim();
  const whole = isMarked ? null : readAnswer(plain);
  if (whole !== null && whole.kind !== 'unreadable') return { text: plain, reading: whole };
  for (const candidate of answerCandidates(plain)) {
    const reading = readAnswer(candidate.text);
    if (reading.kind === 'value' || (isMarked && candidate.isDeclared))
      return { text: candidate.text, reading };
  }
  return { text: plain, reading: whole ?? readAnswer(plain) };
}

function isSameText(gold: string, extracted: string): boolean {
  const left = normalizeText(gold);
  return left !== '' && /\p{L}{2}/u.test(left) && left === normalizeText(extracted);
}

function proseVerdict(extracted: string, gold: Gold): Verdict {
  if (isSameText(gold.text, extracted)) return { status: 'correct', extracted, reason: null };
  return { status: 'unparsed', extracted, reason: 'the answer is a sentence, not a value' };
}

function refusal(
  extracted: string,
  found: Found,
  gold: Gold,
  judgement: Judgement | null,
): Verdict {
  if (judgement === null) {
    const reason =
      gold.reading.kind === 'unreadable'
        ? `the reference could not be read: ${gold.reading.reason}`
        : unreadable(found.reading);
    return {
      status: gold.reading.kind === 'unreadable' ? 'unverifiable' : 'unparsed',
      extracted,
      reason,
    };
  }
  if (judgement.result === 'unknown')
    return { status: 'unverifiable', extracted, reason: judgement.step };
  if (found.reading.kind === 'words' && gold.reading.kind === 'value') {
    return { status: 'unparsed', extracted, reason: 'the answer is words, not a value' };
  }
  return { status: 'wrong', extracted, reason: judgement.step };
}

function unreadable(reading: Reading): string {
  return reading.kind === 'unreadable'
    ? `the answer could not be read: ${reading.reason}`
    : 'the answer could not be read';
}
