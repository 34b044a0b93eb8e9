import { describe, expect, test } from 'vitest';
import { AuditTally } from '#lib/audit/audit-tally.ts';
import { AgreementCounts, cohenKappa } from '#lib/audit/agreement.ts';
import { confusionFigures, countCase, emptyConfusion } from '#lib/audit/confusion.ts';
import { parseLabelledCase } from '#lib/audit/labelled-case.ts';
import { TimeHistogram } from '#lib/audit/time-histogram.ts';

describe('figures of a confusion', () => {
  test('shares come with score intervals, F1 with that of F*', () => {
    const confusion = {
      ...emptyConfusion(),
      rightAccepted: 8,
      rightRefused: 2,
      wrongAccepted: 1,
      wrongRefused: 9,
    };
    const { n, accuracy, precision, recall, f1 } = confusionFigures(confusion);
    expect(n).toBe(20);
    expect(accuracy?.value).toBeCloseTo(0.85, 12);
    expect(precision?.value).toBeCloseTo(8 / 9, 12);
    expect(recall?.value).toBeCloseTo(0.8, 12);
    expect(f1?.value).toBeCloseTo(16 / 19, 12);
    // Newcombe 1998, table I, the score interval of 8 of 10 by hand: (0.490, 0.943).
    expect(recall?.interval.low).toBeCloseTo(0.4902, 3);
    expect(recall?.interval.high).toBeCloseTo(0.9433, 3);
    expect(f1?.interval.low).toBeLessThan(16 / 19);
    expect(f1?.interval.high).toBeGreaterThan(16 / 19);
  });

  test('what the counts do not define is null, not 0', () => {
    expect(confusionFigures(emptyConfusion())).toEqual({
      n: 0,
      accuracy: null,
      precision: null,
      recall: null,
      f1: null,
    });
    const refused = { ...emptyConfusion(), wrongRefused: 5 };
    expect(confusionFigures(refused)).toMatchObject({ precision: null, recall: null, f1: null });
  });

  test('everything but correct refuses, and unparsed and unverifiable are counted apart', () => {
    const confusion = emptyConfusion();
    for (const status of ['correct', 'wrong', 'unparsed', 'unverifiable'] as const) {
      countCase(confusion, true, status);
      countCase(confusion, false, status);
    }
    expect(confusion).toEqual({
      rightAccepted: 1,
      rightRefused: 3,
      wrongAccepted: 1,
      wrongRefused: 3,
      unparsed: 2,
      unverifiable: 2,
    });
  });
});

describe('agreement', () => {
  test('kappa of a table worked by hand', () => {
    // Both yes 20, only the first 5, only the second 10, neither 15: p_o = 0.7, p_e = 0.5.
    expect(cohenKappa({ n: 50, first: 25, second: 30, both: 20 })).toBeCloseTo(0.4, 12);
    expect(cohenKappa({ n: 4, first: 2, second: 2, both: 0 })).toBeCloseTo(-1, 12);
  });

  test('without cases, or where both give one answer only, there is none', () => {
    expect(cohenKappa({ n: 0, first: 0, second: 0, both: 0 })).toBeNull();
    expect(cohenKappa({ n: 9, first: 9, second: 9, both: 9 })).toBeNull();
  });

  test('the matrix is symmetric and each judge agrees with itself', () => {
    const counts = new AgreementCounts(3);
    for (const answers of [
      [true, true, false],
      [false, false, true],
      [true, false, false],
    ]) {
      counts.add(answers);
    }
    const matrix = counts.matrix();
    expect(matrix.map((row, index) => row[index])).toEqual([1, 1, 1]);
    expect(matrix[0]?.[1]).toBe(matrix[1]?.[0]);
    expect(matrix[0]?.[2]).toBeCloseTo(-0.8, 1);
  });
});

test('quantiles of durations are exact to their bucket of 5 %', () => {
  const times = new TimeHistogram();
  for (let ms = 1; ms <= 1000; ms += 1) times.add(ms);
  expect(times.quantile(0.5)).toBeGreaterThanOrEqual(500);
  expect(times.quantile(0.5)).toBeLessThan(530);
  expect(times.quantile(0.99)).toBeLessThan(1050);
  expect(new TimeHistogram().quantile(0.5)).toBeNull();
});

test('a tally breaks its lines down by what the cases say of themselves', () => {
  const tally = new AuditTally(['a', 'b']);
  const rows = [
    { gold: '1', response: '1', label: true, dataset: 'x', model: 'm' },
    { gold: '1', response: '2', label: false, dataset: 'x', model: 'n' },
    { gold: '1', response: '1.0', label: true, dataset: 'y', model: 'm' },
  ];
  for (const [line, row] of rows.entries()) {
    const labelled = parseLabelledCase(row, { dataset: 'file', line });
    tally.add(labelled, [
      { status: labelled.isRight ? 'correct' : 'wrong', ms: 1 },
      { status: 'correct', ms: null },
    ]);
  }
  const report = tally.report();
  expect(report).toMatchObject({ cases: 3, right: 2 });
  expect(report.judges.map(({ accuracy }) => accuracy?.value)).toEqual([1, 2 / 3]);
  expect(report.judges[1]).toMatchObject({ p50Ms: null, counts: { wrongAccepted: 1 } });
  const slices = report.slices.map(({ dimension, value, lines }) => [
    dimension,
    value,
    lines[1]?.n,
  ]);
  expect(slices).toEqual([
    ['dataset', 'x', 2],
    ['generator', 'm', 2],
    ['generator', 'n', 1],
    ['dataset', 'y', 1],
  ]);
});

test('a judge that gave no verdict has no say in any count', () => {
  const tally = new AuditTally(['a', 'b']);
  const labelled = parseLabelledCase(
    { gold: '1', response: '1', label: true },
    { dataset: 'x', line: 1 },
  );
  tally.add(labelled, [{ status: 'correct', ms: 1 }, null]);
  tally.add(labelled, [
    { status: 'wrong', ms: 1 },
    { status: 'correct', ms: 1 },
  ]);
  expect(tally.report().judges.map(({ n }) => n)).toEqual([2, 1]);
});
