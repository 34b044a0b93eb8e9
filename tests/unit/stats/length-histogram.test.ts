import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LENGTH_BIN_COUNT,
  lengthBin,
  lengthBinRange,
  toLengthBars,
} from '#lib/stats/length-histogram.ts';
import { histogramQuantile } from '#lib/stats/quantiles.ts';

function histogramOf(lengths: readonly number[]): Uint32Array {
  const histogram = new Uint32Array(LENGTH_BIN_COUNT);
  for (const length of lengths) histogram[lengthBin(length)]! += 1;
  return histogram;
}

function exactQuantile(lengths: readonly number[], q: number): number {
  const sorted = [...lengths].sort((a, b) => a - b);
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  return low + (position - below) * ((sorted[below + 1] ?? low) - low);
}

const length = fc.oneof(fc.nat(300), fc.nat(50_000), fc.nat(2 ** 31 - 1));

describe('length bins', () => {
  test('the bins cover all lengths without gap or overlap', () => {
    let next = 0;
    for (let bin = 0; bin < LENGTH_BIN_COUNT; bin += 1) {
      const { from, to } = lengthBinRange(bin);
      expect(from).toBe(next);
      expect(lengthBin(from)).toBe(bin);
      expect(lengthBin(to)).toBe(bin);
      next = to + 1;
    }
    expect(next).toBe(2 ** 31);
    expect(lengthBin(2 ** 40)).toBe(LENGTH_BIN_COUNT - 1);
  });

  test('quantiles are within 0.8 % of the exact ones', () => {
    fc.assert(
      fc.property(
        fc.array(length, { minLength: 1, maxLength: 60 }),
        fc.nat(100),
        (lengths, percent) => {
          const q = percent / 100;
          const estimate = histogramQuantile([histogramOf(lengths)], q)!;
          const exact = exactQuantile(lengths, q);
          expect(Math.abs(estimate - exact)).toBeLessThanOrEqual(0.008 * exact + 1e-9);
        },
      ),
    );
  });

  test('two histograms answer as one', () => {
    const all = [5, 90, 1000, 2000, 40_000];
    const parts = [histogramOf(all.slice(0, 2)), histogramOf(all.slice(2))];
    expect(histogramQuantile(parts, 0.9)).toBe(histogramQuantile([histogramOf(all)], 0.9));
  });

  test('nothing counted has no quantile and no bars', () => {
    expect(histogramQuantile([histogramOf([])], 0.5)).toBeNull();
    expect(toLengthBars([histogramOf([])])).toEqual([]);
  });

  test('bars follow each other and hold every length once', () => {
    fc.assert(
      fc.property(fc.array(length, { minLength: 1, maxLength: 60 }), (lengths) => {
        const bars = toLengthBars([histogramOf(lengths)]);
        bars.slice(1).forEach((bar, i) => expect(bar.from).toBe(bars[i]!.to + 1));
        for (const bar of bars) {
          const inside = lengths.filter((value) => value >= bar.from && value <= bar.to).length;
          expect(bar.counts).toEqual([inside]);
        }
      }),
    );
  });
});
