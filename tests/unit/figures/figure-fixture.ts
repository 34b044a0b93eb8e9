import { createHash } from 'node:crypto';
import { toReportedFigures } from '#lib/leaderboard/board-row.ts';
import { toBoardView, type StoredBoardRow } from '#lib/leaderboard/board-view.ts';
import { AppError } from '#lib/errors.ts';
import { parseSpec, resolveFigure } from '#lib/figures/resolve.ts';
import type { ResolvedFigure } from '#lib/figures/render.ts';
import type { FigureSources, ItemScores } from '#lib/figures/sources.ts';
import { canonicalJson } from '#lib/schemas/canonical-json.ts';
import { RunFigures, type Run } from '#lib/schemas/run.ts';
import { pageSources } from './page-fixture.ts';

export interface FixtureRow {
  label: string;
  family?: string;
  model?: string;
  accuracy: number;
  tokens: number;
  params?: Record<string, number>;
  isBase?: boolean;
  hasIntervals?: boolean;
  column?: string;
  sensitivity?: { strictest: number; lenient: number };
  /** Still in progress. */
  isLive?: boolean;
  /** Whose reasoning is not shown in full. */
  concealed?: 'hidden' | 'summary';
}

const interval = (middle: number, half: number) => ({
  low: middle - half,
  high: middle + half,
  level: 0.95,
  method: 't-items' as const,
});

export const idOf = (index: number): string =>
  `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;

function toStored(row: FixtureRow, index: number): StoredBoardRow {
  const figures = {
    ...toReportedFigures({ accuracy: row.accuracy, tokensMean: row.tokens, samplesPerItem: 4 }),
    ...(row.hasIntervals === true && {
      accuracyInterval: interval(row.accuracy, 0.031_415_926),
      tokensInterval: interval(row.tokens, row.tokens * 0.05),
    }),
    reflectionsPer1kTokens: 1 + index / 7,
  };
  const column = row.column ?? 'o200k';
  return {
    runId: idOf(index),
    benchmarkId: 'b',
    label: row.label,
    model: row.model ?? 'model',
    method: null,
    family: row.family ?? null,
    params: row.params ?? {},
    trust: 'reported',
    tokenSource: 'provider',
    traceVisibility: 'unknown',
    state: row.isLive === true ? 'live' : 'done',
    lengthColumn: { kind: 'counted', tokenizer: column },
    figures,
    sensitivity: row.sensitivity ?? null,
    itemMeans: null,
    column,
    isProgram: false,
    isFamilyBase: row.isBase ?? false,
    verifier: 'string@1',
    tokensBy: 'o200k',
    citation: null,
    progress: null,
    storedRank: null,
    storedTieGroup: null,
  };
}

/** Three families of a made-up board, with what makes numbers hard to copy: many digits. */
export const FAMILIES: FixtureRow[] = ['short', 'steady', 'free'].flatMap((family, place) =>
  [1, 2, 3].map((step) => ({
    label: `${family}-${String(step)}`,
    family,
    params: { step: step * 100 },
    accuracy: 0.3 + place / 7 + step / 31,
    tokens: 812.375 * (place + 1) * (1 + step / 3),
    hasIntervals: true,
  })),
);

/** Sources over rows that a test wrote down. */
export function fixtureSources(rows: readonly FixtureRow[]): FigureSources {
  const stored = rows.map(toStored);
  const benchmark = {
    ...{ id: 'b', name: 'sums', version: 1, split: 'test', title: 'Sums', description: null },
    ...{ itemCount: 5, verifier: 'string@1', benchmarkIds: ['b'] },
  };
  const find = (id: string) => {
    const index = stored.findIndex((row) => row.runId === id);
    const row = rows[index];
    if (row === undefined) throw new AppError('not_found', `There is no run ${id}.`);
    return { row, index };
  };
  return {
    board: (query) => {
      if (query.benchmark !== 'sums')
        return Promise.reject(new AppError('not_found', 'No such benchmark.'));
      return Promise.resolve(
        toBoardView({ benchmark, rowsByBenchmark: new Map([['b', stored]]) }, query),
      );
    },
    run: async (id) => toRun(await Promise.resolve(find(id).row), id),
    groups: async ({ id }) => toRun(await Promise.resolve(find(id).row), id).groups,
    itemScores: async (id) => toScores(await Promise.resolve(find(id)), id),
    keywords: () =>
      Promise.resolve({
        findings: [
          { name: 'wait', count: 12 },
          { name: 'however', count: 5 },
        ],
        ...{ responses: 20, tokens: 4000, method: 'keywords' },
      }),
    behaviours: () =>
      Promise.resolve({
        findings: [{ name: 'Verification', count: 7 }],
        responses: 20,
        tokens: null,
        method: 'labels',
      }),
    concealed: () =>
      Promise.resolve(
        Object.fromEntries(
          rows.flatMap(({ concealed }, index) =>
            concealed === undefined ? [] : [[idOf(index), concealed]],
          ),
        ),
      ),
    decodings: () => Promise.resolve([{ temperature: 0.6 }]),
    ...pageSources(
      stored.map(({ runId, label, model, family, figures }) => ({
        ...{ runId, label, model, family },
        accuracy: figures.accuracy ?? 0,
        tokens: figures.tokensMean ?? 0,
      })),
    ),
    attacks: () =>
      Promise.resolve({
        probes: 4,
        attacks: ['empty-text', 'gibberish'],
        judges: ['math', 'string'],
        cells: [0, 1].map((row) =>
          [0, 1].map((column) => ({
            ...{ probes: 2, accepted: row * column, example: null },
            rate: {
              value: (row * column) / 2,
              interval: { low: 0, high: 1, level: 0.95, method: 'wilson' as const },
            },
          })),
        ),
      }),
  };
}

function toRun(row: FixtureRow, id: string): Run {
  return {
    ...{ id, label: row.label, family: row.family ?? null, params: row.params ?? {}, decoding: {} },
    model: { name: row.model ?? 'model', isProgram: false, baseName: null },
    ...{
      method: null,
      trust: 'scored',
      traceVisibility: 'full',
      visibility: 'public',
      state: 'done',
    },
    ...{
      progress: null,
      citation: null,
      sourceFormat: null,
      tokenSource: 'runner',
      attempts: 20,
      expected: 20,
    },
    createdAt: '2026-01-01T00:00:00.000Z',
    benchmark: {
      ...{ id: idOf(999), name: 'sums', version: 1, split: 'test', title: 'Sums' },
      hasHiddenGold: false,
    },
    verifier: { id: 'string', version: 1, policy: 'default' },
    ...{ rank: 1, column: 'o200k', lengthLabel: 'tokens counted with o200k', columns: [] },
    figures: RunFigures.parse({
      itemCount: 5,
      expectedAttempts: 20,
      samplesPerItem: 4,
      ...{ accuracy: 0.6, unparsedShare: 0.05, unverifiableShare: 0, errorShare: 0.1 },
      missingShare: 0,
      reasons: {},
      agreement: { bothCorrect: 9, onlyOurs: 1, onlyReported: 2, neither: 8, share: 0.85 },
    }),
    lengths: [
      { from: 100, to: 199, right: 3, wrong: 1 },
      { from: 200, to: 399, right: 6, wrong: 4 },
      { from: 400, to: 799, right: 2, wrong: 4 },
    ],
    groups: [
      {
        name: 'subject',
        rows: [
          { name: 'easy_1 & 2', items: 3, accuracy: 2 / 3, tokensMean: 311.25 },
          { name: 'hard', items: 2, accuracy: 1 / 7, tokensMean: null },
        ],
      },
      {
        name: 'level',
        rows: [1, 3, 5].map((level) => ({
          ...{ name: String(level), items: 5, accuracy: 1 / level, tokensMean: level * 111.125 },
        })),
      },
    ],
    ...{ sensitivity: null, gradings: [] },
  };
}

function toScores({ row, index }: { row: FixtureRow; index: number }, runId: string): ItemScores {
  const items = Array.from({ length: 12 }, (_, item) => ((item * 7 + index * 3) % 5) / 4);
  return {
    ...{
      runId,
      label: row.label,
      model: row.model ?? 'model',
      benchmarkId: 'sums@1',
      verifier: 'string@1',
    },
    accuracy: items,
    tokens: items.map((_, item) => 100 + item * 10 + index * 5 + ((item * index) % 7)),
    ...{ lengthLabel: 'tokens counted with o200k', samplesPerItem: 4 },
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** As the product resolves a figure, from rows instead of a database. */
export async function fixtureFigure(
  spec: Record<string, unknown>,
  rows: readonly FixtureRow[] = FAMILIES,
): Promise<ResolvedFigure> {
  const parsed = parseSpec(spec);
  const data = await resolveFigure(parsed, fixtureSources(rows));
  const hashes = { spec: sha256(canonicalJson(parsed.spec)), data: sha256(canonicalJson(data)) };
  return { parsed, data, hashes, date: '2026-01-01T00:00:00.000Z' };
}

/** One spec of every kind over the fixture's rows. */
export const SPECS: Readonly<Record<string, Record<string, unknown>>> = {
  pareto: {
    kind: 'pareto',
    data: { boards: [{ benchmark: 'sums' }, { benchmark: 'sums', title: 'Again' }], band: true },
    marks: [{ at: 2500, across: 'x', label: 'budget' }],
    annotations: [{ text: 'the knee of the front, 50 % off', x: 1500, y: 0.6, panel: 2 }],
  },
  series: { kind: 'series', venue: 'icml', data: { board: { benchmark: 'sums' } } },
  'length-histogram': {
    kind: 'length-histogram',
    venue: 'acl',
    columns: 2,
    data: { runs: [idOf(0), idOf(1)] },
  },
  'budget-curve': { kind: 'budget-curve', venue: 'ieee', data: { runs: [idOf(0), idOf(4)] } },
  'redundancy-bars': {
    kind: 'redundancy-bars',
    venue: 'cvpr',
    data: { by: 'keyword', runs: [idOf(0), idOf(1)] },
  },
  'paired-forest': {
    kind: 'paired-forest',
    venue: 'nature',
    data: { baseline: idOf(0), runs: [idOf(1), idOf(2), idOf(3)] },
  },
  'verifier-audit': { kind: 'verifier-audit', venue: 'jmlr', data: { show: 'attacks' } },
  'reward-shapes': {
    kind: 'reward-shapes',
    venue: 'aaai',
    columns: 2,
    data: { rewards: [{ id: 'laser' }, { id: 'l1-exact' }] },
  },
  'page-lines': {
    kind: 'page-lines',
    venue: 'icml',
    columns: 2,
    data: {
      view: 'verifier-ranks',
      ...{ x: 'grading_place', y: ['rank'], series: 'run' },
    },
  },
  'page-bars': {
    kind: 'page-bars',
    data: {
      ...{ view: 'run-bands', of: { run: idOf(0) } },
      values: ['repeated', 'after', 'left'],
    },
  },
  'page-table': { kind: 'page-table', data: { view: 'run-metrics', of: { run: idOf(0) } } },
  'run-table': { kind: 'run-table', data: { runs: [idOf(0), idOf(1)] } },
  'leaderboard-table': {
    kind: 'leaderboard-table',
    data: { boards: [{ benchmark: 'sums' }], blocks: 'family' },
  },
};
export const CHARTS = Object.entries(SPECS).filter(([kind]) => !kind.endsWith('-table'));
