import { z } from 'zod';
import { bareLetter, findChoiceLetter, leadingLetter } from '#lib/text/choice-letter.ts';
import { findBoxes } from '#lib/text/boxes.ts';
import { revisionAfter } from '#lib/text/revision.ts';
import { asSeen } from '#lib/text/visible-text.ts';
import { answerPart, unparsed } from './response-answer.ts';
import type { Verdict, Verifier } from './verifier.ts';

const ChoicePolicy = z.strictObject({
  /** Whether the text of a choice may stand for its letter; needs the choices. */
  choiceText: z.enum(['accept', 'refuse']).default('accept'),
});
type ChoicePolicy = z.infer<typeof ChoicePolicy>;

export const multipleChoice: Verifier<ChoicePolicy> = {
  id: 'multiple-choice',
  version: 2,
  label: 'Multiple choice',
  description:
    'Finds the letter that a response settles on: in a box, announced in words (several languages), or standing alone. The text of a choice counts as its letter where the choices are known.',
  needs: {
    reference: 'the letter of a choice, or the text of one',
    otherReference: 'Paris',
    response: 'the letter of one choice: in a box, announced, or alone',
    choices:
      'so that the text of a choice counts as its letter, in the response and in the reference',
  },
  policy: ChoicePolicy,
  suits: {
    order: 1,
    share: 0.95,
    gold: (gold, choices) => choices !== null && /^\(?[A-Z]\)?$/u.test(gold.trim()),
  },
  examples: [
    {
      response: 'The correct answer is (B).',
      gold: 'B',
      expect: 'correct',
      why: 'An announced letter counts.',
    },
    {
      response: '\\boxed{\\text{(C)}}',
      gold: 'C',
      expect: 'correct',
      why: 'A boxed letter counts in any wrapping.',
    },
    {
      response: "D. It can't be A or B.",
      gold: 'D',
      expect: 'correct',
      why: 'A letter that opens the text counts.',
    },
    {
      response: 'The answer is A. No, the answer is B.',
      gold: 'A',
      expect: 'wrong',
      why: 'The last announcement counts.',
    },
    { response: '\\boxed{A, B}', gold: 'A', expect: 'wrong', why: 'Two letters are not one.' },
    {
      response: '\\boxed{12}',
      gold: 'B',
      choices: ['10', '12'],
      expect: 'correct',
      why: 'The text of a choice stands for its letter.',
    },
    {
      response: '\\boxed{12}',
      gold: 'B',
      expect: 'unverifiable',
      why: 'Without the choices nobody can tell whose text that is.',
    },
    { response: 'I do not know.', gold: 'B', expect: 'unparsed', why: 'No letter was given.' },
  ],
  verify(input, policy) {
    const reference = asSeen(input.gold);
    const gold =
      bareLetter(reference) ?? leadingLetter(reference) ?? letterOfText(reference, input.choices);
    if (gold === null)
      return {
        status: 'unverifiable',
        extracted: null,
        reason: 'the reference is no letter of a choice',
      };
    const part = answerPart(input);
    if ('missing' in part) return unparsed(part.missing);
    const box = findBoxes(part.text).at(-1);
    if (box !== undefined && revisionAfter(part.text, box.end) !== null) {
      const found = findChoiceLetter(part.text.slice(box.end));
      return found === null
        ? unparsed('the answer is taken back')
        : verdict(found.letter, found.at.text, gold);
    }
    if (box !== undefined) {
      const content = box.content.text;
      const letter = bareLetter(content) ?? leadingLetter(content);
      if (letter === null && policy.choiceText === 'accept' && input.choices === undefined)
        return withoutChoices(content);
      const byText = policy.choiceText === 'accept' ? letterOfText(content, input.choices) : null;
      return verdict(letter ?? byText, content, gold);
    }
    const found = input.isTruncated === true ? null : findChoiceLetter(part.text);
    if (found !== null) return verdict(found.letter, found.at.text, gold);
    const byText = policy.choiceText === 'accept' ? letterOfText(part.text, input.choices) : null;
    return byText === null
      ? unparsed('no letter was found')
      : verdict(byText, part.text.trim(), gold);
  },
};

function verdict(letter: string | null, extracted: string, gold: string): Verdict {
  if (letter === gold) return { status: 'correct', extracted, reason: null };
  if (letter !== null)
    return { status: 'wrong', extracted, reason: `${letter} was chosen, ${gold} is expected` };
  const isEmpty = !/[\p{L}\p{N}]/u.test(extracted);
  return isEmpty
    ? unparsed('the box is empty')
    : { status: 'wrong', extracted, reason: 'the box holds no single choice' };
}

const SEVERAL_LETTERS = /^[\s(]*[A-J]\)?(?:(?:[\s,;/&]|and|or)+\(?[A-J]\)?)+[\s.]*$/u;

/** Letters side by side are no single choice; any other text may be that of a choice. */
function withoutChoices(extracted: string): Verdict {
  const bare = extracted.replace(/\\(?:text(?:bf|rm|it)?|mathrm|mathbf)(?![a-zA-Z])|[{}$*]/gu, ' ');
  if (!/[\p{L}\p{N}]/u.test(bare)) return unparsed('the box is empty');
  if (SEVERAL_LETTERS.test(bare))
    return { status: 'wrong', extracted, reason: 'the box holds no single choice' };
  const reason = 'the box holds no letter, and the texts of the choices were not given';
  return { status: 'unverifiable', extracted, reason };
}

/** The letter of the only choice with this text. */
function letterOfText(text: string, choices: readonly string[] | undefined): string | null {
  if (choices === undefined) return null;
  const wanted = squeeze(text);
  const hits = choices.flatMap((choice, index) =>
    squeeze(choice) === wanted && wanted !== '' ? [index] : [],
  );
  const [hit] = hits;
  return hits.length === 1 && hit !== undefined ? String.fromCharCode(65 + hit) : null;
}

function squeeze(text: string): string {
  return asSeen(text)
    .toLowerCase()
    .replace(/\\text\{|[\s${}.()]/gu, '');
}
