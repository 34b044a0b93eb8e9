import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '#lib/rng.ts';
import { holm } from '#lib/stats/holm.ts';
import { mcnemarExact } from '#lib/stats/mcnemar.ts';
import { normalCdf } from '#lib/stats/normal.ts';
import { compareAligned, comparePaired } from '#lib/stats/paired.ts';
import { signFlipTest } from '#lib/stats/sign-flip.ts';
import { goldenMetrics } from '#tests/fixtures/golden-metrics.ts';

const GOLDEN_PAIRS = Object.entries(goldenMetrics.paired_qwen3b_instruct_vs_rlft).map(
  ([benchmark, golden]) => ({ benchmark, golden }),
);

/** Item outcomes follow from the margins and the discordant counts. */
function itemsOf(golden: (typeof GOLDEN_PAIRS)[number]['golden']): { a: number[]; b: number[] } {
  const both = Math.round(golden.accA * golden.n) - golden.A_only;
  const a: number[] = [];
  const b: number[] = [];
  for (let i = 0; i < golden.n; i += 1) {
    const isOnlyA = i >= both && i < both + golden.A_only;
    const isOnlyB = i >= both + golden.A_only && i < both + golden.A_only + golden.B_only;
    a.push(i < both || isOnlyA ? 1 : 0);
    b.push(i < both || isOnlyB ? 1 : 0);
  }
  return { a, b };
}

describe('paired comparison of two real models', () => {
  test.each(GOLDEN_PAIRS)('$benchmark', ({ golden }) => {
    const { a, b } = itemsOf(golden);
    const paired = compareAligned(a, b)!;
    expect(paired.meanA).toBeCloseTo(golden.accA, 12);
    expect(paired.meanB).toBeCloseTo(golden.accB, 12);
    expect(paired.difference).toBeCloseTo(golden.diff, 12);
    expect(paired.standardError).toBeCloseTo(golden.paired_se, 12);
    expect(paired.z).toBeCloseTo(golden.z, 10);
    expect(paired.unpairedError).toBeCloseTo(golden.unpaired_se, 12);
    expect(paired.correlation).toBeCloseTo(golden.corr, 10);
    expect([paired.betterA, paired.betterB]).toEqual([golden.A_only, golden.B_only]);
    expect(mcnemarExact(golden.A_only, golden.B_only)).toBeCloseTo(golden.mcnemar_exact_p, 12);
  });

  test('over the five benchmarks only OlympiadBench stands after Holm', () => {
    const adjusted = holm(GOLDEN_PAIRS.map(({ golden }) => golden.mcnemar_exact_p));
    const standing = GOLDEN_PAIRS.filter((_, i) => adjusted[i]! <= 0.05).map(
      (pair) => pair.benchmark,
    );
    expect(standing).toEqual(['olympiadbench']);
    expect(Math.min(...adjusted)).toBeCloseTo(0.0093, 4);
  });
});

describe('item sets', () => {
  const a = new Map([
    ['x', 1],
    ['y', 0],
    ['z', 1],
  ]);
  const b = new Map([
    ['y', 1],
    ['z', 1],
    ['w', 0],
  ]);

  test('different item sets are refused with their sizes', () => {
    expect(() => comparePaired(a, b)).toThrow(
      /1 only in the first, 1 only in the second, 2 in both/,
    );
  });

  test('the shared items are compared when asked for', () => {
    const paired = comparePaired(a, b, { items: 'intersect' })!;
    expect(paired).toMatchObject({ items: 2, onlyInA: 1, onlyInB: 1, difference: 0.5, betterB: 1 });
  });

  test('no shared item gives null', () => {
    expect(
      comparePaired(new Map([['x', 1]]), new Map([['y', 1]]), { items: 'intersect' }),
    ).toBeNull();
  });

  test('a run against itself has no difference and claims no interval', () => {
    expect(comparePaired(a, a)).toMatchObject({
      difference: 0,
      standardError: 0,
      z: null,
      interval: null,
    });
  });
});

describe('tests of no difference', () => {
  test('McNemar worked by hand', () => {
    expect(mcnemarExact(0, 0)).toBe(1);
    expect(mcnemarExact(0, 5)).toBeCloseTo(2 / 32, 14);
    expect(mcnemarExact(3, 1)).toBeCloseTo(10 / 16, 14);
    expect(mcnemarExact(400, 600) / 2.728e-10).toBeCloseTo(1, 2);
  });

  test('on 0/1 items the enumerated sign-flip test is McNemar’s exact test', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.nat(8), (onlyA, onlyB) => {
        const differences = [
          ...Array<number>(onlyA).fill(-1),
          ...Array<number>(onlyB).fill(1),
          0,
          0,
        ];
        const { p, method } = signFlipTest(differences, { rng: createRng('unused') });
        expect(method).toBe('exact');
        expect(p).toBeCloseTo(mcnemarExact(onlyA, onlyB), 12);
      }),
    );
  });

  test('sampling comes near McNemar and repeats with its seed', () => {
    const differences = [...Array<number>(46).fill(-1), ...Array<number>(82).fill(1)];
    const run = (seed: number) => signFlipTest(differences, { rng: createRng('sign-flip', seed) });
    expect(run(1)).toEqual(run(1));
    expect(run(1).method).toBe('sampled');
    expect(Math.abs(run(1).p! - 0.0018624685242990492)).toBeLessThan(0.0015);
  });

  test('many differences of few sizes have the p of their normal limit, as many of all sizes do', () => {
    const sizes = (few: boolean) =>
      Float64Array.from({ length: 1000 }, (_, i) => {
        const size = few ? ((i % 5) + 1) / 8 : (i + 1) / 600;
        return i % 16 < 9 ? size : -size;
      });
    for (const few of [true, false]) {
      const differences = sizes(few);
      const sum = differences.reduce((total, value) => total + value, 0);
      const spread = Math.sqrt(differences.reduce((total, value) => total + value * value, 0));
      const expected = 2 * (1 - normalCdf(sum / spread));
      const { p } = signFlipTest(differences, { rng: createRng('sizes'), draws: 20_000 });
      expect(Math.abs((p ?? 0) - expected)).toBeLessThan(0.005);
    }
  });

  test('no items have no p, no differences have p = 1', () => {
    expect(signFlipTest([], { rng: createRng('x') }).p).toBeNull();
    expect(signFlipTest([0, 0, 0], { rng: createRng('x') }).p).toBe(1);
  });

  test('Holm agrees with the reference values in any order', () => {
    const { p, holm: expected } = goldenMetrics.multiple;
    holm(p).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
    holm([...p].reverse()).forEach((value, i) =>
      expect(value).toBeCloseTo([...expected].reverse()[i]!, 12),
    );
    expect(holm([])).toEqual([]);
  });
});
