import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBlocks } from '#app/runs/transcript-blocks.ts';
import { reflectionKeywordsLaser } from '#lib/redundancy/reflection-keywords-laser.ts';

const word = fc.constantFrom(
  'wait',
  'however',
  'x',
  '\n',
  ' ',
  '😀',
  '\ud83d',
  'retry again',
  'é'.repeat(90),
);

test('the blocks of any text are the text, and its marks are the spans', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 3000 }), (words) => {
      const text = words.join('');
      const spans = reflectionKeywordsLaser.detect(text);
      const blocks = toBlocks(text, spans);
      expect(blocks.map((block) => block.text).join('')).toBe(text);
      const pieces = blocks.flatMap((block) => block.pieces);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      const marks = pieces.filter((piece) => piece.label !== null);
      expect(marks.map(({ start, label }) => ({ start, label }))).toEqual(
        spans.map(({ start, label }) => ({ start, label })),
      );
    }),
    { numRuns: 60, seed: 7 },
  );
});

test('a megabyte without a line end is cut into blocks of a few thousand characters', () => {
  const blocks = toBlocks('wait '.repeat(200_000), []);
  expect(blocks.length).toBeGreaterThan(200);
  expect(Math.max(...blocks.map((block) => block.text.length))).toBeLessThanOrEqual(4001);
});
