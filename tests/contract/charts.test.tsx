import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { placeLabels } from '#app/_charts/label-places.ts';
import * as charts from '#app/_charts/all.client.ts';
import { budgetCurve } from '#app/_charts/budget-curve.client.tsx';
import type { Chart } from '#app/_charts/chart.ts';
import { bump } from '#app/_charts/bump.client.tsx';
import { front } from '#app/_charts/front.client.tsx';
import { lengths } from '#app/_charts/lengths.client.tsx';
import { rewardGap } from '#app/_charts/reward-gap.client.tsx';
import { rewardCurves } from '#app/_charts/reward-curves.client.tsx';
import { series, SERIES_FIGURES } from '#app/_charts/series.client.tsx';
import { ROOT } from '#lib/env.ts';
import { toReportedFigures, type BoardRunRow } from '#lib/leaderboard/board-row.ts';
import { toBoardView, type StoredBoardRow } from '#lib/leaderboard/board-view.ts';
import { BoardQuery } from '#lib/schemas/board.ts';

function toRow(index: number, figures: Partial<BoardRunRow['figures']>): StoredBoardRow {
  return {
    runId: `run-${String(index)}`,
    benchmarkId: 'b',
    label: `variant ${String(index)}`,
    model: index % 2 === 0 ? 'model-1.5B' : 'model-7B',
    method: null,
    family: 'family',
    params: { alpha: index },
    trust: 'reported',
    traceVisibility: 'unknown',
    tokenSource: 'provider',
    state: 'done',
    lengthColumn: { kind: 'reported', tokenizer: null },
    figures: { ...toReportedFigures({ accuracy: null, tokensMean: null }), ...figures },
    sensitivity: null,
    itemMeans: null,
    column: 'reported',
    isProgram: false,
    isFamilyBase: false,
    verifier: null,
    tokensBy: 'source',
    citation: null,
    progress: null,
    storedRank: null,
    storedTieGroup: null,
  };
}

function boardOf(rows: StoredBoardRow[]) {
  const benchmark = {
    ...{ id: 'b', name: 'b', version: 1, split: 'test', title: 'B', description: null },
    ...{ itemCount: 5, verifier: 'string@1', benchmarkIds: ['b'] },
  };
  return toBoardView({ benchmark, rowsByBenchmark: new Map([['b', rows]]) }, BoardQuery.parse({}));
}

const interval = (low: number, high: number) => ({
  low,
  high,
  level: 0.95,
  method: 't-items' as const,
});
const measured = toRow(0, {
  ...{ accuracy: 0.5, accuracyInterval: interval(0.4, 0.6) },
  ...{ tokensMean: 1234.5, tokensInterval: interval(1200, 1269) },
});
const bare = toRow(1, { accuracy: 0.25, tokensMean: 800 });
const unmeasured = [toRow(2, {}), toRow(3, { accuracy: 0.9 }), toRow(4, { tokensMean: 10 })];
const bars = [
  { from: 0, to: 99, right: 2, wrong: 1 },
  { from: 100, to: 199, right: 3, wrong: 4 },
];

/** Every chart with an input that draws something and inputs that draw nothing. */
interface Case {
  chart: Chart<never, never>;
  full: unknown;
  drawn: number;
  empty: unknown[];
}
const front1 = (rows: StoredBoardRow[]) => ({ board: boardOf(rows), x: 'log', budget: null });
const at = (value: number | null, accuracy: number | null) => ({
  ...{ label: `step ${String(value)}`, value, isReported: false },
  figure: { value: accuracy, interval: null },
});
const CASES: Case[] = [
  {
    chart: front as never,
    full: front1([measured, bare, ...unmeasured]),
    drawn: 2,
    empty: [front1([]), front1(unmeasured)],
  },
  {
    chart: bump as never,
    full: {
      columns: [
        { id: 'math:own', label: 'math' },
        { id: 'string-box', label: 'string-box' },
      ],
      runs: [
        { runId: 'a', name: 'a', places: [{ rank: 1, share: 0.5 }, null] },
        {
          runId: 'b',
          name: 'b',
          places: [
            { rank: 2, share: 0.4 },
            { rank: 1, share: 0.3 },
          ],
        },
      ],
    },
    drawn: 3,
    empty: [{ columns: [], runs: [] }],
  },
  {
    chart: rewardGap as never,
    full: {
      parameter: 'step',
      audit: 'math',
      rewards: [
        {
          ...{ reward: 'string-box', divergedAt: 20 },
          checkpoints: [
            { step: 10, training: 0.5, audit: 0.5 },
            { step: 20, training: 0.7, audit: null },
          ],
        },
      ],
    },
    drawn: 3,
    empty: [{ parameter: 'step', audit: 'math', rewards: [] }],
  },
  { chart: lengths as never, full: bars, drawn: 2, empty: [[]] },
  {
    chart: budgetCurve as never,
    full: { bars, expected: 10 },
    drawn: 2,
    empty: [
      { bars: [], expected: 10 },
      { bars, expected: 0 },
    ],
  },
  {
    chart: series as never,
    full: {
      look: SERIES_FIGURES.accuracy,
      parameter: 'step',
      bases: [],
      points: [at(1, 0.5), at(2, 0.6)],
    },
    drawn: 2,
    empty: [
      { look: SERIES_FIGURES.accuracy, parameter: 'step', bases: [], points: [] },
      {
        look: SERIES_FIGURES.accuracy,
        parameter: 'step',
        bases: [],
        points: [at(1, null), at(null, 0.5)],
      },
    ],
  },
  {
    chart: rewardCurves as never,
    full: {
      curves: [
        {
          ...{ id: 'a', label: 'A', colour: 'black' },
          right: [
            [0, 1],
            [10, 0.5],
          ],
          wrong: [[10, -1]],
        },
      ],
    },
    drawn: 2,
    empty: [
      { curves: [] },
      { curves: [{ id: 'a', label: 'A', colour: 'black', right: [], wrong: [] }] },
    ],
  },
];

test('every chart file is registered under its own name, and every registered chart is tried here', () => {
  const files = readdirSync(path.join(ROOT, 'app/_charts'))
    .filter((file) => file.endsWith('.client.tsx'))
    .map((file) => file.replace('.client.tsx', ''))
    .filter((file) => !file.endsWith('-layer'));
  const known = Object.values(charts).map((chart) => chart.id);
  expect(known.toSorted()).toEqual(files.toSorted());
  expect(CASES.map(({ chart }) => chart.id).toSorted()).toEqual(known.toSorted());
});

test.each(CASES)('$chart.id answers a question', ({ chart }) => {
  expect(chart.question).toMatch(/^[A-Z].*\?$/);
});

test.each(CASES)('$chart.id draws nothing of nothing', ({ chart, empty }) => {
  for (const input of empty) expect(chart.toPoints(input as never)).toEqual([]);
});

test.each(CASES)('$chart.id: every number that is drawn is finite', ({ chart, full, drawn }) => {
  const points: object[] = chart.toPoints(full as never);
  expect(points).toHaveLength(drawn);
  for (const point of points) {
    const numbers = Object.values(point).filter((value) => typeof value === 'number');
    expect(numbers.length).toBeGreaterThan(1);
    expect(numbers.every(Number.isFinite)).toBe(true);
  }
});

test.each(CASES)(
  '$chart.id: the table twin tells the points apart and holds their numbers',
  ({ chart, full, drawn }) => {
    const lines = chart
      .toPoints(full as never)
      .map((point) => chart.columns.map((column) => column.value(point)).join('|'));
    expect(new Set(lines).size).toBe(drawn);
    expect(new Set(chart.columns.map((column) => column.header)).size).toBe(chart.columns.length);
  },
);

test('the twin of the front holds the numbers of the marks, with a dash where no interval is known', () => {
  const marks = front.toPoints({
    board: boardOf([{ ...measured, sensitivity: { strictest: 0.45, lenient: 0.625 } }, bare]),
    x: 'log',
    budget: null,
  });
  const lines = marks.map((mark) => front.columns.map((column) => column.value(mark)));
  expect(lines).toEqual([
    [
      'variant 0',
      'model-1.5B',
      '50.0',
      '10.0',
      '1,235',
      '35',
      '45.0',
      '62.5',
      'yes',
      null,
      'reported',
    ],
    ['variant 1', 'model-7B', '25.0', null, '800', null, null, null, 'yes', null, 'reported'],
  ]);
});

test('the budget curve counts right answers within the budget out of all that were expected', () => {
  expect(budgetCurve.toPoints({ bars, expected: 10 })).toEqual([
    { budget: 99, accuracy: 0.2 },
    { budget: 199, accuracy: 0.5 },
  ]);
});

test('labels cover neither each other nor the marks of others, and stay in the frame', () => {
  const marks = Array.from({ length: 12 }, (_, index) => ({
    x: 40 + index * 9,
    y: 60 + (index % 3) * 8,
  }));
  const wishes = marks.map((mark, index) => ({
    ...mark,
    id: String(index),
    text: `label ${String(index)}`,
  }));
  const placed = placeLabels(wishes, marks, { left: 0, top: 0, right: 300, bottom: 150 });
  expect(placed.length).toBeGreaterThan(1);
  expect(placed.length).toBeLessThan(marks.length);
  for (const label of placed) {
    const right = label.left + label.text.length * 6.3;
    expect(label.left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(300);
    for (const other of placed) {
      if (other === label) continue;
      const isApart =
        right <= other.left ||
        other.left + other.text.length * 6.3 <= label.left ||
        Math.abs(label.baseline - other.baseline) >= 13;
      expect(isApart).toBe(true);
    }
  }
});
