import fc from 'fast-check';
import { expect, test } from 'vitest';

import { diffLines } from '#lib/text/line-diff.ts';

const side = (lines: ReturnType<typeof diffLines>, other: 'left' | 'right') =>
  lines.filter((line) => line.side !== other).map((line) => line.text);

test('tells what is only here, only there and in both', () => {
  expect(diffLines(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual([
    { side: 'both', text: 'a' },
    { side: 'left', text: 'b' },
    { side: 'right', text: 'x' },
    { side: 'both', text: 'c' },
    { side: 'right', text: 'd' },
  ]);
  expect(diffLines([], [])).toEqual([]);
});

test('gives both texts back, and keeps as many lines as they share in order', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
  fc.assert(
    fc.property(lines, lines, (left, right) => {
      const diff = diffLines(left, right);
      expect(side(diff, 'right')).toEqual(left);
      expect(side(diff, 'left')).toEqual(right);
      expect(diff.filter((line) => line.side === 'both')).toHaveLength(common(left, right));
    }),
    { seed: 3 },
  );
});

test('two long texts without a common line take no time', () => {
  const left = Array.from({ length: 20_000 }, (_, line) => `left ${String(line)}`);
  const right = left.map((line) => line.replace('left', 'right'));
  const start = performance.now();
  expect(diffLines(left, right)).toHaveLength(40_000);
  expect(performance.now() - start).toBeLessThan(1000);
});

/** The textbook table. */
function common(left: readonly string[], right: readonly string[]): number {
  const table = Array.from({ length: left.length + 1 }, () =>
    Array.from({ length: right.length + 1 }, () => 0),
  );
  for (let i = 1; i <= left.length; i += 1) {
    for (let j = 1; j <= right.length; j += 1) {
      const above = table[i - 1] ?? [];
      const row = table[i] ?? [];
      row[j] =
        left[i - 1] === right[j - 1]
          ? (above[j - 1] ?? 0) + 1
          : Math.max(above[j] ?? 0, row[j - 1] ?? 0);
    }
  }
  return table[left.length]?.[right.length] ?? 0;
}
