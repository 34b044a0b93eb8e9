import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { frontIndicators, type PlacedRun } from '#lib/analysis/family-indicators.ts';
import { listPrintedMeans, parseLaserResults } from '#lib/demo/published.ts';
import { goldenMetrics } from '#tests/fixtures/golden-metrics.ts';

const CSV = readFileSync(new URL('../../../lib/demo/published/laser.csv', import.meta.url), 'utf8');
const MODEL = 'DeepSeek-R1-Distill-Qwen-1.5B';
const REFERENCE = { tokens: 10_177, accuracy: 0.4 };

interface Row {
  method: string;
  benchmark: string;
  family: string;
  accuracy: number;
  tokens: number;
}

const ROWS: Row[] = CSV.trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(','))
  .filter(([, model, , , , benchmark]) => model === MODEL && benchmark !== 'MEAN')
  .map(([, , method = '', family = '', , benchmark = '', accuracy, tokens]) => ({
    method,
    family,
    benchmark,
    accuracy: Number(accuracy) / 100,
    tokens: Number(tokens),
  }))
  .filter(({ benchmark }) => ['MATH500', 'AIME24', 'AMC23', 'OlympiadBench'].includes(benchmark));

function printed(): PlacedRun[] {
  const families = new Map(parseLaserResults(CSV).map(({ method, family }) => [method, family]));
  return listPrintedMeans(CSV)
    .filter(({ baseModel }) => baseModel === MODEL)
    .map(({ method, accuracy, meanTokens }) => ({
      runId: method,
      tokens: meanTokens,
      accuracy: Math.round(accuracy * 1e6) / 1e6,
      family: families.get(method) ?? null,
    }));
}

function recomputed(): PlacedRun[] {
  const methods = new Map<string, Row[]>();
  for (const row of ROWS) methods.set(row.method, [...(methods.get(row.method) ?? []), row]);
  return [...methods].map(([method, rows]) => ({
    runId: method,
    tokens: rows.reduce((sum, { tokens }) => sum + tokens, 0) / rows.length,
    accuracy: rows.reduce((sum, { accuracy }) => sum + accuracy, 0) / rows.length,
    family: rows[0]?.family ?? null,
  }));
}

describe('the published table of LASER, 1.5B, mean of four benchmarks', () => {
  test('as printed: the front, and the hypervolume of every family on both axes', () => {
    const found = frontIndicators(printed(), REFERENCE);
    expect(found.front).toHaveLength(goldenMetrics['front_all_1.5B_avg'].length);
    const golden = goldenMetrics['hv_1.5B_avg_ref_tokens10177_acc40'];
    let checked = 0;
    for (const { family, hypervolume } of found.families) {
      const expected = golden[family];
      if (expected === undefined) continue;
      expect((hypervolume.linear ?? NaN) * 100, family).toBeCloseTo(expected.hv, 5);
      expect((hypervolume.log ?? NaN) * 100, family).toBeCloseTo(expected.hv_log, 9);
      checked += 1;
    }
    expect(checked).toBeGreaterThanOrEqual(6);
    // On the logarithmic axis the truncated runs come first, on the linear one LASER-D.
    const best = (axis: 'linear' | 'log') =>
      [...found.families].sort((a, b) => (b.hypervolume[axis] ?? 0) - (a.hypervolume[axis] ?? 0))[0]
        ?.family;
    expect([best('linear'), best('log')]).toEqual(['laser-d', 'truncation']);
  });

  test('from the means of the four columns: three tokens differ from what is printed, by more than rounding', () => {
    const printedTokens = new Map(printed().map(({ runId, tokens }) => [runId, tokens]));
    const differing = recomputed().flatMap(({ runId, tokens }) =>
      Math.abs(tokens - (printedTokens.get(runId) ?? NaN)) > 1 ? [[runId, tokens]] : [],
    );
    expect(differing).toEqual([
      ['LASER-2048', 2997],
      ['LASER-D-1024', 2936.5],
      ['LASER-D-2048', 3078.25],
    ]);
    const found = frontIndicators(recomputed(), REFERENCE);
    expect(found.hypervolume.points).toBe(22);
    for (const runId of found.front) expect(found.dominatedBy.get(runId)).toEqual([]);
  });

  test('the headline on AIME24: 6.1 points more with 63.7 % fewer tokens', () => {
    const on = (method: string) =>
      ROWS.find((row) => row.method === method && row.benchmark === 'AIME24');
    const [base, best] = [on('Original'), on('LASER-DE-4096')];
    expect(((best?.accuracy ?? NaN) - (base?.accuracy ?? NaN)) * 100).toBeCloseTo(6.1, 10);
    expect((1 - (best?.tokens ?? NaN) / (base?.tokens ?? NaN)) * 100).toBeCloseTo(63.7, 1);
  });
});
