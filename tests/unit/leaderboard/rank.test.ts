import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rankRuns, type RankInput } from '#lib/leaderboard/rank.ts';
import { createRng } from '#lib/rng.ts';

function measured(
  runId: string,
  items: readonly number[],
  tokens: number | null = null,
): RankInput {
  const accuracy = items.reduce((sum, value) => sum + value, 0) / items.length;
  return { runId, accuracy, tokens, itemMeans: Float64Array.from(items) };
}

function published(
  runId: string,
  accuracy: number | null,
  tokens: number | null = null,
): RankInput {
  return { runId, accuracy, tokens, itemMeans: null };
}

/** The first `right` of 100 items. */
function firstRight(right: number): number[] {
  return Array.from({ length: 100 }, (_, i) => (i < right ? 1 : 0));
}

function ranksOf(runs: readonly RankInput[]): [string, number | null][] {
  return rankRuns(runs).map(({ runId, rank }) => [runId, rank]);
}

describe('ranking', () => {
  test('runs that paired tests do not separate share a rank, ordered by fewer tokens', () => {
    // 90 against 88 of the same items: two discordant, t = 1.42 < 1.98. Against 80: ten discordant, t = 3.3.
    const runs = [
      measured('long', firstRight(90), 900),
      measured('short', firstRight(88), 100),
      measured('worse', firstRight(80), 10),
    ];
    expect(ranksOf(runs)).toEqual([
      ['short', 1],
      ['long', 1],
      ['worse', 3],
    ]);
  });

  test('published figures tie on equal accuracy only', () => {
    const runs = [published('a', 0.5, 10), published('b', 0.501, 10), published('c', 0.5, 5)];
    expect(rankRuns(runs)).toEqual([
      { runId: 'b', rank: 1, tieGroup: 1, isTied: false },
      { runId: 'c', rank: 2, tieGroup: 2, isTied: true },
      { runId: 'a', rank: 2, tieGroup: 2, isTied: true },
    ]);
  });

  test('a published figure does not split a group of measured runs', () => {
    const runs = [
      measured('a', firstRight(90), 900),
      published('paper', 0.89, 1),
      measured('b', firstRight(88), 800),
    ];
    expect(ranksOf(runs)).toEqual([
      ['b', 1],
      ['a', 1],
      ['paper', 2],
    ]);
  });

  test('an unknown length stands behind known ones, an unknown accuracy has no rank', () => {
    const runs = [published('none', null), published('far', 0.5), published('near', 0.5, 10)];
    expect(ranksOf(runs)).toEqual([
      ['near', 1],
      ['far', 1],
      ['none', null],
    ]);
  });

  test('one item never separates, and item lists of two sizes are never compared', () => {
    expect(ranksOf([measured('a', [1]), measured('b', [0])])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    expect(ranksOf([measured('a', [1, 1]), measured('b', [1, 0, 1])])).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  test('all right against all wrong is separated from six items on', () => {
    const all = (value: number, count: number) => Array<number>(count).fill(value);
    expect(ranksOf([measured('a', all(1, 5)), measured('b', all(0, 5))])[1]).toEqual(['b', 1]);
    expect(ranksOf([measured('a', all(1, 6)), measured('b', all(0, 6))])[1]).toEqual(['b', 2]);
  });

  test('ranks follow accuracy between groups and do not depend on the order of input', () => {
    const run = fc.record({
      items: fc.array(fc.constantFrom(0, 0.5, 1), { minLength: 8, maxLength: 8 }),
      tokens: fc.option(fc.nat(50)),
      isPublished: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(run, { maxLength: 12 }), (rows) => {
        const runs = rows.map(({ items, tokens, isPublished }, i) => {
          const input = measured(`run-${i}`, items, tokens);
          return isPublished ? { ...input, itemMeans: null } : input;
        });
        const ranked = rankRuns(runs);
        expect(rankRuns([...runs].reverse())).toEqual(ranked);
        expect(new Set(ranked.map(({ runId }) => runId)).size).toBe(runs.length);
        ranked
          .slice(1)
          .forEach(({ rank }, i) => expect(rank).toBeGreaterThanOrEqual(ranked[i]!.rank!));
        expect(ranked[0]?.rank ?? 1).toBe(1);
      }),
    );
  });

  test('1,000 runs of 1,000 items take under 200 ms', () => {
    const rng = createRng('rank-bench');
    const runs = Array.from({ length: 1000 }, (_, run): RankInput => {
      const itemMeans = Float32Array.from({ length: 1000 }, () =>
        rng.float() < 0.3 + (0.5 * run) / 1000 ? 1 : 0,
      );
      const accuracy = itemMeans.reduce((sum, value) => sum + value, 0) / 1000;
      return { runId: `run-${run}`, accuracy, tokens: rng.below(10_000), itemMeans };
    });
    const start = performance.now();
    const ranked = rankRuns(runs);
    const durationMs = performance.now() - start;
    const groups = ranked.at(-1)?.tieGroup ?? 0;
    expect(groups).toBeGreaterThan(3);
    expect(groups).toBeLessThan(100);
    expect(durationMs).toBeLessThan(200);
    process.stdout.write(`ranked 1,000 × 1,000 in ${durationMs.toFixed(1)} ms, ${groups} groups\n`);
  });
});
