import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { listPrintedMeans, parseLaserResults } from '#lib/demo/published.ts';
import { paretoFront, type FrontPoint } from '#lib/leaderboard/front.ts';
import { hypervolume } from '#lib/leaderboard/hypervolume.ts';

const CSV = readFileSync(new URL('../../../lib/demo/published/laser.csv', import.meta.url), 'utf8');
const MODEL = 'DeepSeek-R1-Distill-Qwen-1.5B';
/** Of the published analysis: the base model’s printed mean length, 40 %. */
const REFERENCE = { tokens: 10_177, accuracy: 40 };

const results = parseLaserResults(CSV).filter((row) => row.baseModel === MODEL);
const families = new Map(results.map(({ method, family }) => [method, family]));

/** Percent, since the published areas are in points × tokens. */
const printed: FrontPoint[] = listPrintedMeans(CSV)
  .filter((mean) => mean.baseModel === MODEL)
  .map(({ method, accuracy, meanTokens }) => ({
    runId: method,
    tokens: meanTokens,
    accuracy: Math.round(accuracy * 1e6) / 1e4,
  }));

/** Means of the four columns: three printed token means differ from theirs. */
const recomputed: FrontPoint[] = [...Map.groupBy(results, ({ method }) => method)].map(
  ([runId, rows]) => ({
    runId,
    tokens: rows.reduce((sum, row) => sum + (row.meanTokens ?? 0), 0) / rows.length,
    accuracy: (100 * rows.reduce((sum, row) => sum + row.accuracy, 0)) / rows.length,
  }),
);

function areas(points: readonly FrontPoint[]): Record<string, { linear: number; log: number }> {
  const grouped = Map.groupBy(points, ({ runId }) => families.get(runId) ?? '');
  return Object.fromEntries(
    [...grouped].map(([family, members]) => [
      family,
      {
        linear: Math.round(hypervolume(members, REFERENCE) ?? Number.NaN),
        log: Math.round((hypervolume(members, REFERENCE, 'log') ?? Number.NaN) * 10) / 10,
      },
    ]),
  );
}

describe('the published table of 22 variants, by its printed means', () => {
  test('nine are not dominated', () => {
    expect(
      paretoFront(printed).map(({ runId, tokens, accuracy }) => [runId, tokens, accuracy]),
    ).toEqual([
      ['T2048', 943, 45.45],
      ['L1-Max-1024', 959, 47.5],
      ['L1-Max-4096', 1245, 51.4],
      ['T6144', 2009, 52.35],
      ['T7168', 2463, 54.18],
      ['LASER-DE-1024', 2763, 58],
      ['LASER-D-2048', 3059, 58.2],
      ['LASER-DE-2048', 3092, 59.3],
      ['LASER-D-4096', 3520, 60.3],
    ]);
  });

  test('areas of the families, and how their order flips on a logarithmic axis', () => {
    expect(areas(printed)).toMatchObject({
      'laser-d': { linear: 146_975, log: 25.3 },
      'laser-de': { linear: 143_983 },
      laser: { linear: 143_490, log: 24.4 },
      truncation: { linear: 139_760, log: 30.5 },
      group: { linear: 112_977 },
      budget: { linear: 103_970, log: 25.9 },
    });
  });
});

describe('the same from means of the four columns', () => {
  test('only the printed mean lengths of three variants differ by more than rounding', () => {
    const odd = recomputed.filter(
      ({ runId, tokens }) =>
        Math.abs(tokens - (printed.find((one) => one.runId === runId)?.tokens ?? 0)) > 1,
    );
    expect(odd.map(({ runId, tokens }) => [runId, tokens])).toEqual([
      ['LASER-2048', 2997],
      ['LASER-D-1024', 2936.5],
      ['LASER-D-2048', 3078.25],
    ]);
  });

  test('the same nine are not dominated', () => {
    expect(paretoFront(recomputed).map(({ runId }) => runId)).toEqual(
      paretoFront(printed).map(({ runId }) => runId),
    );
  });

  test('areas move where the printed means were off, and the order stays', () => {
    const [ours, theirs] = [areas(recomputed), areas(printed)];
    expect(ours).toMatchObject({
      'laser-d': { linear: 145_319, log: 24.8 },
      'laser-de': { linear: 143_624, log: 25.2 },
      laser: { linear: 141_599, log: 23.8 },
      truncation: { linear: 139_761, log: 30.5 },
      group: { linear: 112_962, log: 20.1 },
      budget: { linear: 104_187, log: 26 },
    });
    const order = (of: typeof ours) =>
      Object.keys(of).sort((a, b) => (of[b]?.linear ?? 0) - (of[a]?.linear ?? 0));
    expect(order(ours)).toEqual(order(theirs));
  });

  test('the headline: 6.1 points more and 63.7 % fewer tokens on AIME24', () => {
    const on = (method: string) =>
      results.find((row) => row.method === method && row.benchmark === 'AIME24');
    const [base, best] = [on('Original'), on('LASER-DE-4096')];
    expect(((best?.accuracy ?? 0) - (base?.accuracy ?? 0)) * 100).toBeCloseTo(6.1, 10);
    expect(1 - (best?.meanTokens ?? 0) / (base?.meanTokens ?? 1)).toBeCloseTo(0.637, 3);
  });
});
