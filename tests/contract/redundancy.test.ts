import { readdirSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { detectors } from '#lib/redundancy/index.ts';
import { createRng } from '#lib/rng.ts';

const PARTS = [
  'wait',
  'Retry',
  ' again',
  'try',
  'However',
  ' ',
  '\n\n',
  'é',
  '😀',
  '\ud83d',
  'x',
  '.',
  '1',
];

test('every file in lib/redundancy is registered under its own name', () => {
  const files = readdirSync('lib/redundancy', { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .filter((file) => !['detector.ts', 'all.ts', 'index.ts'].includes(file))
    .map((file) => file.replace(/\.ts$/, ''));
  expect(detectors.all.map((detector) => detector.id)).toEqual(files.sort());
});

describe.each(detectors.all)('detector $id', (detector) => {
  test('finds nothing in nothing', () => {
    expect(detector.detect('')).toEqual([]);
  });

  test('spans are ordered, inside the text, not empty and not overlapping', () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const rng = createRng('spans', seed);
      const text = Array.from({ length: 40 }, () => rng.pick(PARTS)).join('');
      let end = 0;
      for (const span of detector.detect(text)) {
        expect(span.start, `seed ${seed}`).toBeGreaterThanOrEqual(end);
        expect(span.end, `seed ${seed}`).toBeGreaterThan(span.start);
        expect(span.label).not.toBe('');
        end = span.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }
  });

  test.each(['wait ', 'try ', 'try', ' ', '\n', 'a', 'retry again', '\ud83d'])(
    'a megabyte of %j takes linear time',
    (part) => {
      const text = part.repeat(Math.ceil(1_000_000 / part.length));
      const start = performance.now();
      detector.detect(text);
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});
