import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toPieces, toTraceBlocks } from '#app/runs/trace-blocks.ts';
import { describeTrace } from '#lib/redundancy/transcript/describe-trace.ts';

const word = fc.constantFrom(
  'wait',
  'However, we try this once more with the same words as before and it is long',
  'x = 7',
  '\n\n',
  '\n',
  ' ',
  '😀',
  '\ud83d',
  'Alternatively',
  'é'.repeat(90),
);

test('the rows of any text are the text, and so are the pieces of its rows', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 800 }), fc.nat(20), (words, blank) => {
      const text = words.join('');
      const part = { start: Math.min(blank, text.length), end: text.length };
      const options = { question: 'Once more with the same words as before?', counter: null };
      const trace = describeTrace(text, { ...options, isEqual: (answer) => answer === '7' });
      const blocks = toTraceBlocks(text, part, trace.steps);
      const rows = blocks.flatMap((block) => block.rows);
      const joined = rows.map((row) => text.slice(row.start, row.end)).join('');
      expect(joined).toBe(text.slice(part.start));
      const pieces = rows.flatMap((row) => toPieces(text, row, trace.spans));
      expect(pieces.map((piece) => piece.text).join('')).toBe(text.slice(part.start));
      for (const piece of pieces) {
        const middle = piece.start + piece.text.length / 2;
        expect(piece.spans.map(({ kind }) => kind).sort()).toEqual(
          trace.spans
            .filter((span) => span.start <= middle && span.end > middle)
            .map(({ kind }) => kind)
            .sort(),
        );
      }
    }),
    { seed: 7, numRuns: 60 },
  );
});

test('a step without a blank line in it is cut, and counts once', () => {
  const text = 'word '.repeat(5000);
  const steps = [{ start: 0, end: text.length - 1, startToken: 0, endToken: 5000 }];
  const rows = toTraceBlocks(text, { start: 0, end: text.length }, steps).flatMap(
    (block) => block.rows,
  );
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter((row) => !row.isContinued)).toHaveLength(1);
  expect(rows.reduce((sum, row) => sum + (row.tokens ?? 0), 0)).toBe(5000);
});
