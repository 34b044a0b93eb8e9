import { describe, expect, test } from 'vitest';

import { findAnswerPositions } from '#lib/redundancy/answers/answer-positions.ts';
import { findRestatedQuestion } from '#lib/redundancy/answers/restated-question.ts';
import { findStatedAnswers } from '#lib/redundancy/answers/stated-answers.ts';
import { scanText } from '#lib/redundancy/scan/text-scan.ts';
import { createRng } from '#lib/rng.ts';

const answersIn = (text: string): string[] => findStatedAnswers(text).map(({ answer }) => answer);

describe('stated answers', () => {
  test.each([
    ['So the answer is 42.', ['42']],
    ['**Answer:** $\\frac{1}{2}$, as claimed', ['\\frac{1}{2}']],
    ['Thus \\boxed{\\frac{a}{b}} holds', ['\\frac{a}{b}']],
    ['The answer is \\boxed{7}.', ['7']],
    ['12 + 7 = 19 apples, so x = 19 = y', ['19', '19', 'y']],
    ['\\( a = 3.5 \\) and b', ['3.5']],
    ['The final answer is: **12**', ['12']],
    ['The result is therefore 1,5', ['1']],
    ['<answer>45</answer>', ['45']],
    ['The answer is 7</think>Done', ['7']],
    ['so 12 are left\n#### 12', ['12']],
    ['\\boxed{never closed', []],
    ['x =\n\n', []],
    ['', []],
  ])('%j', (text, expected) => {
    expect(answersIn(text)).toEqual(expected);
  });

  test('offsets are those of the answers, in order and not overlapping', () => {
    const parts = [
      '= ',
      'answer is ',
      '\\boxed{',
      '}',
      '4',
      ' so ',
      '\n',
      '$',
      '.',
      '{',
      '=',
      '😀',
    ];
    for (let seed = 0; seed < 500; seed += 1) {
      const rng = createRng('answers', seed);
      const text = Array.from({ length: 40 }, () => rng.pick(parts)).join('');
      let end = 0;
      for (const stated of findStatedAnswers(text)) {
        expect(stated.start, `seed ${seed}`).toBeGreaterThanOrEqual(end);
        expect(text.slice(stated.start, stated.end)).toBe(stated.answer);
        expect(stated.answer.trim()).not.toBe('');
        end = stated.end;
      }
    }
  });

  test.each(['=', '= ', 'answer is ', '\\boxed{', '{', '\\boxed{4} '])(
    'a megabyte of %j takes linear time',
    (part) => {
      const text = part.repeat(Math.ceil(1_000_000 / part.length));
      const start = process.cpuUsage();
      findAnswerPositions(text, () => false);
      expect(process.cpuUsage(start).user / 1000).toBeLessThan(2500);
    },
  );
});

describe('answer positions', () => {
  const text = 'First 3 + 4 = 7. Wait, maybe 3 + 4 = 8? No, the answer is 7. \\boxed{7.0}';

  test('the first equal statement and those after it', () => {
    const positions = findAnswerPositions(text, (candidate) => Number(candidate) === 7);
    expect(text.slice(0, positions.first?.end)).toBe('First 3 + 4 = 7');
    expect(positions.again.map(({ cue }) => cue)).toEqual(['phrase', 'boxed']);
    expect(positions).toMatchObject({ statements: 4, uncompared: 0 });
  });

  test('each different candidate is compared once', () => {
    const asked: string[] = [];
    findAnswerPositions(text, (candidate) => {
      asked.push(candidate);
      return false;
    });
    expect(asked).toEqual(['7', '8', '7.0']);
  });

  test('a table of thousands of values is not compared to its end, and says so', () => {
    const table = Array.from({ length: 3000 }, (_, i) => `f(${i}) = ${i}`).join('\n');
    const positions = findAnswerPositions(table, (candidate) => candidate === '2500');
    expect(positions).toMatchObject({ first: null, statements: 3000, uncompared: 1000 });
  });
});

describe('restated question', () => {
  const question = scanText(
    'Tom has three red apples and two green apples. How many apples has he?',
  );

  test('its passages in the text, and the share of the question they cover', () => {
    const text = 'Okay, so Tom has three red apples AND two green apples. We add them.';
    const { spans, share } = findRestatedQuestion(scanText(text), question);
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([
      'Tom has three red apples AND two green apples',
    ]);
    // Five of its ten runs of five words.
    expect(share).toBeCloseTo(0.5, 12);
  });

  test('nothing restated, and questions too short to tell', () => {
    expect(findRestatedQuestion(scanText('We add them.'), question)).toEqual({
      spans: [],
      share: 0,
    });
    expect(findRestatedQuestion(scanText('What is 2?'), scanText('What is 2?')).share).toBeNull();
  });
});

test('what the verifier read counts where no cue leads to the answer', () => {
  const text = 'Seven it was. Eight it is: 8';
  const isEqual = (answer: string) => answer === '8';
  expect(findAnswerPositions(text, isEqual).first).toBeNull();
  expect(findAnswerPositions(text, isEqual, '8').first).toMatchObject({
    start: 27,
    cue: 'verdict',
  });
  expect(findAnswerPositions('The answer is 8.', isEqual, '8').first?.cue).toBe('phrase');
  expect(findAnswerPositions(text, isEqual, 'not there').first).toBeNull();
});
