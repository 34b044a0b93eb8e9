import { describe, expect, test } from 'vitest';

import { countByLabel } from '#lib/redundancy/detector.ts';
import { reflectionKeywordsLaser } from '#lib/redundancy/reflection-keywords-laser.ts';
import { REFLECTION_KEYWORDS, reflectionKeywords } from '#lib/redundancy/reflection-keywords.ts';
import { createRng } from '#lib/rng.ts';

const ALL = 'Recheck, rethink: try again. Wait! Alternatively, retry; HOWEVER';

describe.each([
  ['each keyword in any case', ALL, 7, 7],
  ['parts of longer words', 'await waiting rechecked wait_for', 0, 4],
  ['a letter before or after', 'éwait waité 2wait', 0, 3],
  ['a line break in the phrase', 'try\n  again', 1, 0],
  ['punctuation and underscores', '**Wait**—"wait" (wait)', 3, 3],
  ['words that overlap', 'retry again', 1, 2],
  ['a repeated word', 'wait wait waitwait', 2, 4],
  ['no keyword', 'The answer is 42.', 0, 0],
  ['an empty text', '', 0, 0],
])('%s', (_why, text, whole, anywhere) => {
  test(`${whole} as whole words, ${anywhere} anywhere`, () => {
    expect(reflectionKeywords.detect(text)).toHaveLength(whole);
    expect(reflectionKeywordsLaser.detect(text)).toHaveLength(anywhere);
  });
});

test('counts by keyword', () => {
  expect(countByLabel(reflectionKeywords.detect('Wait, wait. However, try  again'))).toEqual({
    wait: 2,
    however: 1,
    'try again': 1,
  });
  expect(countByLabel(reflectionKeywordsLaser.detect('retry again'))).toEqual({
    retry: 1,
    'try again': 1,
  });
});

test('the LASER mode equals counting each keyword by itself', () => {
  const parts = [...REFLECTION_KEYWORDS, 'TRY ', 'again', 're', 'ever', ' ', 'ж', '😀', 'WAIT'];
  for (let seed = 0; seed < 500; seed += 1) {
    const rng = createRng('keywords', seed);
    const text = Array.from({ length: 30 }, () => rng.pick(parts)).join('');
    const lower = text.toLowerCase();
    const expected = REFLECTION_KEYWORDS.map((keyword) => lower.split(keyword).length - 1);
    const counts = countByLabel(reflectionKeywordsLaser.detect(text));
    expect(
      REFLECTION_KEYWORDS.map((keyword) => counts[keyword] ?? 0),
      text,
    ).toEqual(expected);
  }
});
