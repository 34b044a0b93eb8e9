import { describe, expect, test } from 'vitest';
import { testSeries } from '#lib/analysis/series-tests.ts';
import { bestPoint, pickSeries } from '#lib/leaderboard/series.ts';
import type { BoardRow } from '#lib/schemas/board.ts';

function row(label: string, params: BoardRow['params'], more: Partial<BoardRow> = {}): BoardRow {
  return {
    runId: label,
    label,
    model: 'm',
    family: 'f',
    isFamilyBase: false,
    params,
    figures: { accuracy: 0.5, tokensMean: 100 },
    ...more,
  } as BoardRow; // only what a series reads
}

const choice = { family: 'f', hold: {} };
const refusal = (rows: BoardRow[], of: Parameters<typeof pickSeries>[1] = choice): string => {
  try {
    pickSeries(rows, of);
  } catch (error) {
    return (error as Error).message;
  }
  return 'taken';
};

describe('runs of a family as a series', () => {
  test('points go by their value; a base model stands beside them', () => {
    const rows = [
      row('b', { step: 200, lr: 1 }),
      row('a', { step: 100, lr: 1 }),
      row('base', {}, { family: 'original', isFamilyBase: true }),
      row('other model', { step: 1 }, { model: 'n', family: 'g' }),
    ];
    const series = pickSeries(rows, choice);
    expect(series.parameter).toBe('step');
    expect(series.points.map(({ value }) => value)).toEqual([100, 200]);
    expect(series.bases.map(({ label }) => label)).toEqual(['base']);
  });

  test('a value that is no number stands beside the curve', () => {
    const rows = [row('a', { cap: 64 }), row('b', { cap: 128 }), row('c', { cap: 'unlimited' })];
    const series = pickSeries(rows, choice);
    expect(series.points.map(({ value }) => value)).toEqual([64, 128]);
    expect(series.bases.map(({ label }) => label)).toEqual(['c']);
  });

  test('two parameters that vary are refused with what to do, and can be held', () => {
    const rows = [
      row('a', { step: 100, lr: 1 }),
      row('b', { step: 200, lr: 1 }),
      row('c', { step: 200, lr: 2 }),
    ];
    expect(refusal(rows)).toContain('differ in lr and step');
    expect(refusal(rows, { ...choice, parameter: 'step' })).toContain('hold=lr:VALUE');
    const held = pickSeries(rows, { ...choice, hold: { lr: '1' } });
    expect(held.points.map(({ row: { label } }) => label)).toEqual(['a', 'b']);
    expect(refusal(rows, { ...choice, hold: { lr: '3' } })).toContain('No run');
  });

  test('no parameter, one that is no number, several models and no family are refused', () => {
    expect(refusal([row('a', {}), row('b', {})])).toContain('do not differ');
    expect(refusal([row('a', { kind: 'x' }), row('b', { kind: 'y' })])).toContain('no number');
    expect(refusal([row('a', { s: 1 }), row('b', { s: 2 }, { model: 'n' })])).toContain('model=');
    expect(refusal([row('a', { s: 1 })], { family: 'none', hold: {} })).toContain('No run');
  });

  test('the best value is the most accurate, of equals the cheaper', () => {
    const figures = (accuracy: number | null, tokensMean: number) =>
      ({ accuracy, tokensMean }) as BoardRow['figures'];
    const points = [
      { row: row('a', {}, { figures: figures(0.6, 300) }) },
      { row: row('b', {}, { figures: figures(0.6, 200) }) },
      { row: row('c', {}, { figures: figures(null, 10) }) },
    ];
    expect(bestPoint(points)?.row.label).toBe('b');
    expect(bestPoint([])).toBeNull();
  });
});

describe('tests along a series', () => {
  const run = (id: string, solved: number) => ({
    id,
    label: id,
    lengthColumn: 'o200k',
    columns: {
      keys: Array.from({ length: 60 }, (_, item) => String(item)),
      accuracy: Float64Array.from({ length: 60 }, (_, item) => Number(item < solved)),
      tokens: new Float64Array(60).fill(100),
      isSingleSample: true,
    },
  });

  test('exact McNemar against the reference, Holm over all of them, Q over the points', () => {
    const runs = [run('a', 20), run('b', 24), run('c', 40)];
    const found = testSeries(runs, { referenceId: 'a', bestId: 'c', all: runs });
    // 4 and 20 discordant items, all on one side: 2 / 2^4 and 2 / 2^20.
    expect(found.comparisons.map(({ test: { p } }) => p)).toEqual([
      expect.closeTo(2 / 2 ** 4, 12),
      expect.closeTo(2 / 2 ** 20, 12),
    ]);
    expect(found.comparisons.map(({ adjustedP }) => adjustedP)).toEqual([
      expect.closeTo(2 / 2 ** 4, 12),
      expect.closeTo(4 / 2 ** 20, 12),
    ]);
    expect(found.cochran?.degreesOfFreedom).toBe(2);
    expect(found.cochran?.p).toBeLessThan(0.001);
    expect(found.notSeparatedFromBest).toEqual([]);
  });

  test('several samples an item have no Q, and equal points are not separated', () => {
    const [a, b] = [run('a', 20), run('b', 21)].map((one) => ({
      ...one,
      columns: { ...one.columns, isSingleSample: false },
    }));
    if (a === undefined || b === undefined) throw new Error('Two runs were made.');
    const found = testSeries([a, b], { referenceId: 'a', bestId: 'b', all: [a, b] });
    expect(found.cochran).toBeNull();
    expect(found.cochranReason).toContain('several samples');
    expect(found.comparisons[0]?.test.method).toBe('sign-flip');
    expect(found.notSeparatedFromBest).toEqual(['a']);
  });
});
