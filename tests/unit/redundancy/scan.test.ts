import { describe, expect, test } from 'vitest';

import { findSteps } from '#lib/redundancy/scan/steps.ts';
import { findRepeatedSteps } from '#lib/redundancy/scan/repeated-steps.ts';
import { findSuffixLoop } from '#lib/redundancy/scan/suffix-loop.ts';
import { scanText } from '#lib/redundancy/scan/text-scan.ts';
import { hashWord, scanWords } from '#lib/redundancy/scan/words.ts';
import { createRng } from '#lib/rng.ts';

const wordsOf = (text: string): string[] => {
  const { count, starts, ends } = scanWords(text);
  return Array.from({ length: count }, (_, i) => text.slice(starts[i], ends[i]));
};

const stepsOf = (text: string): string[] =>
  findSteps(text).map(({ start, end }) => text.slice(start, end));

describe('words', () => {
  test('are the runs that a regular expression finds, each with the hash of its lower case', () => {
    const parts = [
      'Wait',
      'é',
      'Straße',
      ' ',
      '_',
      '-',
      '𝑥',
      '😀',
      '\ud83d',
      '等',
      '7',
      '.',
      '\n',
      'Ж',
    ];
    for (let seed = 0; seed < 400; seed += 1) {
      const rng = createRng('words', seed);
      const text = Array.from({ length: 40 }, () => rng.pick(parts)).join('');
      const expected = [...text.matchAll(/[\p{L}\p{N}_]+/gu)].map(([word]) => word);
      expect(wordsOf(text), `seed ${seed}`).toEqual(expected);
      const { hashes, count } = scanWords(text);
      expect([...hashes.subarray(0, count)]).toEqual(expected.map(hashWord));
    }
    expect(hashWord('WAIT')).toBe(hashWord('wait'));
    expect(hashWord('wait')).not.toBe(hashWord('want'));
  });
});

describe('steps', () => {
  const long = (name: string): string => `${name} with enough words to be a step of its own here.`;

  test('are parted by blank lines, white space around them left out', () => {
    expect(stepsOf(`  ${long('One')}\n \t\n\n${long('Two')}\n${long('Three')}\n\n`)).toEqual([
      long('One'),
      `${long('Two')}\n${long('Three')}`,
    ]);
    expect(stepsOf('')).toEqual([]);
    expect(stepsOf(' \n\n \n')).toEqual([]);
  });

  test.each([
    ['code', '```\nfor a in b:\n\n  print(a)\n```'],
    ['display dollars', '$$\nx = 1\n\ny = 2\n$$'],
    ['display brackets', '\\[\nx = 1\n\ny = 2\n\\]'],
    ['an environment', '\\begin{align*}\nx &= 1\n\ny &= 2\n\\end{align*}'],
  ])('%s is kept whole', (_why, block) => {
    const text = `${long('Before')}\n\n${long('Then')}\n${block}\n\n${long('After')}`;
    expect(stepsOf(text)).toEqual([long('Before'), `${long('Then')}\n${block}`, long('After')]);
  });

  test('what is opened and never closed does not swallow the rest', () => {
    for (const opener of ['```', '$$', '\\[', '\\begin{align}'])
      expect(stepsOf(`${long(opener)}\n\n${long('After')}`)).toHaveLength(2);
  });

  test('a short step joins the next, a short end the one before', () => {
    const text = `Step 1:\n\n${long('One')}\n\n${long('Two')}\n\nDone.`;
    expect(stepsOf(text)).toEqual([`Step 1:\n\n${long('One')}`, `${long('Two')}\n\nDone.`]);
    expect(stepsOf('Done.')).toEqual(['Done.']);
  });
});

describe('repeated steps', () => {
  const first = 'We add the seven apples to the twelve pears and get nineteen pieces of fruit.';
  const other = 'Next we look at how many of the baskets hold more than four of them in all.';

  test('are found with the step they repeat, also with a word changed at an end', () => {
    const again = first.replace('We add', 'we ADD').replace('fruit', 'food');
    const repeated = findRepeatedSteps(scanText([first, other, again, first].join('\n\n')));
    expect(repeated.map(({ index, earlier }) => [index, earlier])).toEqual([
      [2, 0],
      [3, 0],
    ]);
    // Of eleven shingles each, ten are shared.
    expect(repeated[0]?.similarity).toBeCloseTo(10 / 12, 12);
    expect(repeated[1]?.similarity).toBe(1);
  });

  test('a step that repeats itself within is no repeated step', () => {
    expect(findRepeatedSteps(scanText(`${first} ${first}\n\n${other}`))).toEqual([]);
  });
});

describe('loop at the end', () => {
  /** The definition, read off directly: the longest end with a period of at most a fifth of it. */
  function slowLoop(text: string): { start: number; period: number } | null {
    for (let start = 0; start <= text.length - 200; start += 1) {
      const end = text.slice(start);
      for (let period = 1; period <= end.length / 5; period += 1)
        if (end.slice(period) === end.slice(0, end.length - period)) return { start, period };
    }
    return null;
  }

  test('is the one the definition gives', () => {
    let loops = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const rng = createRng('loop', seed);
      const words = ['so ', 'a', 'b', 'no, '];
      const random = (count: number): string =>
        Array.from({ length: count }, () => rng.pick(words)).join('');
      const period = random(rng.between(1, 25));
      const text = random(60) + period.repeat(rng.between(2, 12)) + period.slice(0, rng.below(5));
      const expected = slowLoop(text);
      if (expected !== null) loops += 1;
      expect(findSuffixLoop(text), `seed ${seed}`).toEqual(expected);
    }
    expect(loops).toBeGreaterThan(10);
  });

  test('reaches back beyond the window, and ends that do not loop are none', () => {
    const loop = 'I will check this once more. ';
    const text = `Start: ${loop.repeat(3000)}`;
    expect(findSuffixLoop(text)).toEqual({ start: 6, period: loop.length });
    expect(findSuffixLoop(`${text}Done, the answer is 4.`)).toBeNull();
    expect(findSuffixLoop('a'.repeat(199))).toBeNull();
    expect(findSuffixLoop('a'.repeat(200))).toEqual({ start: 0, period: 1 });
  });
});
