import { readdirSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { countByLabel, detectAll, type Detector } from '#lib/redundancy/detector.ts';
import { detectors } from '#lib/redundancy/index.ts';
import * as lists from '#lib/redundancy/keywords/lists.ts';
import { onDemandDetectors } from '#lib/redundancy/on-demand/index.ts';
import { createPhraseMatcher } from '#lib/redundancy/keywords/phrase-matcher.ts';
import { countSubstrings } from '#lib/redundancy/keywords/substrings.ts';
import { reflectionKeywordsLaser } from '#lib/redundancy/reflection-keywords-laser.ts';
import { reflectionKeywords } from '#lib/redundancy/reflection-keywords.ts';
import { createRng } from '#lib/rng.ts';

const detectorOf = (id: string): Detector =>
  (onDemandDetectors.has(id) ? onDemandDetectors : detectors).get(id);

test('every file of on-demand detectors is registered under its own name', () => {
  const files = readdirSync('lib/redundancy/on-demand')
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => !['all', 'index'].includes(name));
  expect(onDemandDetectors.all.map(({ id }) => id)).toEqual(files.sort());
  for (const id of files) expect(detectors.has(id)).toBe(false);
});

test.each(onDemandDetectors.all)('$id gives ordered spans without overlap', (detector) => {
  const parts = [
    'Wait',
    ' ',
    'but',
    '\n',
    '\n\n',
    'double-check',
    '-',
    'let me reconsider',
    'é',
    '.',
  ];
  for (let seed = 0; seed < 300; seed += 1) {
    const rng = createRng('on-demand', seed);
    const text = Array.from({ length: 40 }, () => rng.pick(parts)).join('');
    let end = 0;
    for (const span of detector.detect(text)) {
      expect(span.start, `seed ${seed}`).toBeGreaterThanOrEqual(end);
      expect(span.end).toBeGreaterThan(span.start);
      end = span.end;
    }
    expect(end).toBeLessThanOrEqual(text.length);
  }
});

test('lists have ids of their own and words in lower case without repeats', () => {
  const all = Object.values(lists);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { words, version } of all) {
    expect(new Set(words).size).toBe(words.length);
    expect(words).toEqual(words.map((word) => word.toLowerCase().trim()));
    expect(version).toBeGreaterThan(0);
  }
});

test.each([
  ['self-reflection-phrases', 'Let me double-check, re-evaluate and\nthink  again.', 3],
  ['self-reflection-phrases', 'double check rechecked go over the step', 0],
  ['no-wait-keywords', 'Now, any other button? Double-check ohio again.', 5],
  ['uncertain-words', 'Okay, no: nothing holds. Hold on, hmm.', 4],
  ['action-points', 'Wait. Alternatively, await nothing.', 2],
  ['thought-markers', 'But wait! Let me reconsider. Wait, but alternatively', 3],
  ['premise-doubt-keywords', 'Maybe.\n\nBut the attribute might be perhaps\n\n\n\n.', 7],
  [
    'thought-switches',
    'Wait, no. But wait: we can wait, alternatively go. "Alternatively, go."',
    3,
  ],
  ['thought-switches', '- **Hold on**\nAnother approach\nlet me try', 3],
])('%s in %j', (id, text, count) => {
  expect(detectorOf(id).detect(text)).toHaveLength(count);
});

describe('the seven words', () => {
  test('are those that a regular expression finds', () => {
    const expression =
      /(?<![\p{L}\p{N}_])(?:recheck|rethink|try\s+again|wait|alternatively|retry|however)(?![\p{L}\p{N}_])/giu;
    const parts = [
      'try',
      'TRY',
      ' ',
      '\n',
      'again',
      'retry',
      'Wait',
      'é',
      '_',
      '-',
      'however',
      '😀',
    ];
    for (let seed = 0; seed < 500; seed += 1) {
      const rng = createRng('seven', seed);
      const text = Array.from({ length: 30 }, () => rng.pick(parts)).join('');
      const expected = [...text.matchAll(expression)].map(({ 0: match, index }) => ({
        start: index,
        end: index + match.length,
        label: match.toLowerCase().replace(/\s+/u, ' '),
      }));
      expect(reflectionKeywords.detect(text), text).toEqual(expected);
    }
  });

  test('inside words are those that the paper counts', () => {
    const text = 'retry again, await and Waiting; HOWEVER';
    expect(countSubstrings(text, lists.LASER_WORDS)).toEqual(
      countByLabel(reflectionKeywordsLaser.detect(text)),
    );
  });
});

test('words inside longer words can be excepted', () => {
  expect(countSubstrings('A button in Ohio, but no', lists.NO_WAIT_WORDS)).toEqual({ but: 1 });
});

test('a list that the shared scan does not know is refused, not found nowhere', () => {
  const list = { id: 'x', version: 1, source: 'x', words: ['zyzzyva'] };
  expect(() => createPhraseMatcher(list)).toThrow('known lists');
});

test('detectors over one scan find what each finds alone', () => {
  const text =
    'Wait, let me recheck. Alternatively, we try again.\n\n'.repeat(30) + 'no no '.repeat(60);
  const together = detectAll(detectors.all, text);
  detectors.all.forEach((detector, i) => expect(together[i]).toEqual(detector.detect(text)));
  expect(together.every((spans) => spans.length > 0)).toBe(true);
});
