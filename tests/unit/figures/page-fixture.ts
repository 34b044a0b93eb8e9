import type { FigureSources } from '#lib/figures/sources.ts';
import { toGradedBoard } from '#lib/leaderboard/graded-board.ts';
import type { Comparison } from '#lib/schemas/analysis.ts';
import type { ProfileRow } from '#lib/schemas/redundancy.ts';

/** A run as these tables need it. */
export interface NamedRun {
  runId: string;
  label: string;
  model: string;
  family: string | null;
  accuracy: number;
  tokens: number;
}

const interval = (middle: number, half: number) => ({
  ...{ low: middle - half, high: middle + half, level: 0.95, method: 't-items' },
});
const figure = (value: number) => ({ value, interval: interval(value, value / 9) });

type PageSources = Pick<
  FigureSources,
  | 'series'
  | 'comparison'
  | 'pool'
  | 'runMetrics'
  | 'bands'
  | 'runRewards'
  | 'methods'
  | 'gradedBoard'
  | 'verdicts'
  | 'front'
>;

/** What the pages are answered with, over runs that a test names. Numbers have many digits, which are hard to copy. */
export function pageSources(runs: readonly NamedRun[]): PageSources {
  const benchmark = { id: 'sums', name: 'sums', version: 1, title: 'Sums' };
  const labelOf = (id: string) => runs.find(({ runId }) => runId === id)?.label ?? id;
  return {
    series: ({ family, metric }) => {
      const points = runs.slice(0, 4).map((run, index) => ({
        ...{ runId: run.runId, label: run.label, trust: 'scored' as const },
        value: index === 0 ? null : index * 256,
        accuracy: figure(run.accuracy),
        tokens: figure(run.tokens),
        clipRatio: figure(index / 17),
        reflections: { value: 1 + index / 7, interval: null },
      }));
      return Promise.resolve({
        benchmark: { id: 'sums', title: 'Sums', itemCount: 5 },
        ...{ verifier: 'string@1', lengthLabel: 'tokens counted with o200k', column: 'o200k' },
        ...{ family, model: runs[0]?.model ?? 'model', parameter: 'target_length' },
        points: points.slice(1),
        bases: points.slice(0, 1),
        curves: metric.map((key) => ({
          ...{ key, metric: key.split('?')[0] ?? key, version: 1, label: `Metric ${key}` },
          ...{ unit: 'share', direction: 'higher' },
          points: points.map(({ runId, label, value }, index) => ({
            ...{ runId, label, value, reason: null, figure: figure(index / 13) },
            difference: index === 0 ? null : figure(-index / 29),
          })),
        })),
        ...{ metrics: [], best: null, referenceRunId: points[0]?.runId ?? null },
        comparisons: points
          .slice(1)
          .map(({ runId }) => comparisonOf(points[0]?.runId ?? '', runId, labelOf)),
        ...{ cochran: null, cochranReason: 'untested', testReason: null },
        rewards: ['math', 'last-number'].map((reward, place) => ({
          ...{ reward, audit: 'string', divergedAt: null },
          checkpoints: [256, 512, 768].map((step, index) => ({
            ...{ step, training: (index + place) / 7, audit: index / 7, gap: place / 7 },
            standardError: null,
          })),
        })),
      });
    },
    comparison: ({ runs: ids }) => {
      const [first = '', ...others] = ids;
      return Promise.resolve({
        benchmark: null,
        runs: ids.map((id, index) => ({
          ...{ id, label: labelOf(id), model: 'model', accuracy: index / 7, tokens: 812.375 },
          ...{ lengthColumn: 'o200k', verifier: 'string@1', isOnFront: index === 0 },
          probability: 1 / (index + 3),
        })),
        comparisons: others.map((id) => ({
          ...comparisonOf(first, id, labelOf),
          ...{ flipCount: 1 },
          flips: [{ itemKey: 'a_b%', accuracyA: 1 / 3, accuracyB: 1, tokensA: 10, tokensB: null }],
        })),
      });
    },
    pool: ({ runs: ids }) =>
      Promise.resolve({
        pool: ids.map((id) => ({ id, label: labelOf(id) })),
        lengthColumn: 'o200k',
        metrics: ['reg', 'unique-solves'].map((metric) => ({
          ...{ metric, version: 1, label: metric, unit: 'score', direction: 'higher' },
          values: ids.map((runId, index) => ({
            ...{ runId, ...figure((index + 1) / 7), reason: null, notes: [] },
          })),
        })),
      }),
    runMetrics: (runId) =>
      Promise.resolve({
        ...{ runId, label: labelOf(runId), verifier: 'string@1', lengthColumn: 'o200k' },
        ...{ baseRunId: null, items: 5, samples: { least: 4, most: 4, total: 20 }, outcomes: {} },
        metrics: [
          { unit: 'share', value: 2 / 3 },
          { unit: 'tokens', value: 812.375 },
          { unit: 'score', value: -0.123_456_789 },
          { unit: 'ratio', value: null },
        ].map(({ unit, value }) => ({
          ...{ metric: unit, version: 1, label: `In ${unit}`, unit, direction: 'none' },
          ...{ options: {}, value, reason: null, intervalReason: null, items: 5, notes: [] },
          interval: value === null ? null : interval(value, Math.abs(value) / 11),
        })),
        ...{ profile: [], seed: 'seed', draws: 1000 },
      }),
    bands: (runId) =>
      Promise.resolve({
        ...{ runId, tokenizer: 'o200k', bandedBy: 'share of right answers', bandedItems: 5 },
        ...{ measured: 20, rows: (['all', 'easy', 'hard'] as const).map(bandOf) },
      }),
    runRewards: ({ run, rewards }) =>
      Promise.resolve({
        run: { id: run, label: labelOf(run), benchmark: 'Sums' },
        ...{ column: 'o200k', items: 5, samples: 20, leftOut: 1, correlatedBy: 'advantages' },
        methods: rewards.map(({ id, parameters }, index) => ({
          ...{ id, parameters, valued: 20, meanRight: 1 / 3 + index, meanWrong: -index / 7 },
          ...{ rightRewarded: 2 / 3, wrongPunished: null, tokensPull: -123.456 },
        })),
        correlations: rewards.map((_, a) => rewards.map((_other, b) => (a === b ? 1 : 1 / 7))),
        targets: [{ band: 'easy', items: 3, responses: 12, target: 512 }],
        list: [
          {
            ...{ itemKey: 'a_b%', sampleIndex: 0, outcome: 'correct', tokens: 100 },
            ...{ rewards: rewards.map(() => 1 / 3), advantages: rewards.map(() => -1 / 7) },
            disagreement: 0.5,
          },
        ],
      }),
    methods: () =>
      Promise.resolve({
        methods: [
          {
            ...{ name: 'LASER', stage: 'RL', substage: '', arxiv: '2505.15612', runs: 6 },
            mechanism: 'A bonus for right answers that are shorter than a target length',
            boards: [],
          },
          {
            ...{ name: 'Prompt', stage: 'inference', substage: null, arxiv: null, runs: 0 },
            ...{ mechanism: null, boards: [] },
          },
        ],
      }),
    gradedBoard: () =>
      Promise.resolve(
        toGradedBoard(
          { title: 'Sums', verifier: 'string' },
          runs.slice(0, 5).map((run, index) => ({
            ...{ runId: run.runId, label: run.label, model: run.model, family: 'steps' },
            params: { step: index * 100 },
            gradings: ['math', 'last-number'].map((verifier, place) => ({
              ...{ verifier, role: 'other' as const, attempts: 21 },
              ...{ accepted: 9 + ((index * (place + 2)) % 5), onlyHere: place, onlyOwn: index },
            })),
          })),
        ),
      ),
    verdicts: () =>
      Promise.resolve({
        benchmark: { ...benchmark },
        sets: [
          {
            ...{ verifier: 'string', version: 1, policy: 'default', runs: 3, unfinished: 0 },
            isPinned: true,
          },
        ],
        ...{ from: 'string@1', to: 'math@2', compared: 60 },
        classes: [{ before: 'wrong', after: 'correct', reason: 'equal as numbers', count: 7 }],
        runs: runs.slice(0, 3).map(({ runId, label }, index) => ({
          ...{ runId, label, compared: 20, gained: index, lost: 1 },
          ...{ accuracyBefore: index / 7, accuracyAfter: (index + 1) / 7 },
        })),
        flips: [],
      }),
    front: () =>
      Promise.resolve({
        benchmark: { id: 'b', title: 'Sums', benchmarkIds: ['b'] },
        ...{ column: 'o200k', lengthLabel: 'tokens counted with o200k', include: 'comparable' },
        reference: { tokens: 4096, accuracy: 0, source: 'benchmark' },
        runs: runs.map(({ runId, label, model, family, accuracy, tokens }, index) => ({
          ...{ runId, label, model, family, trust: 'scored' as const, tokens, accuracy },
          ...{ mark: null, isIncluded: true, isOnFront: index === 0 },
          dominatedBy:
            index === 0 ? [] : [{ runId: runs[0]?.runId ?? '', label: runs[0]?.label ?? '' }],
          ...{ probability: 1 / (index + 3), probabilityReason: null },
        })),
        ...{ front: [], band: [], hypervolume: null, points: runs.length },
        families: [
          {
            ...{ model: 'model', family: 'short', parameter: 'step', runIds: [], points: 3 },
            hypervolume: { linear: 1234.567_89, log: 1 / 7 },
            interval: null,
          },
        ],
        ...{ pairs: [], curves: [] },
        resampling: { seed: 'seed', draws: 0, runs: 0, reason: 'none' },
      }),
  };
}

function comparisonOf(
  a: string,
  b: string,
  labelOf: (id: string) => string,
): Omit<Comparison['comparisons'][number], 'flips' | 'flipCount'> {
  const name = (id: string) => ({ id, label: labelOf(id) });
  return {
    ...{ a: name(a), b: name(b) },
    paired: {
      ...{ items: 12, onlyInA: 0, onlyInB: 0, meanA: 1 / 3, meanB: 3 / 7, difference: 2 / 21 },
      ...{ standardError: 1 / 31, z: 1, interval: interval(2 / 21, 1 / 17) },
      ...{ unpairedError: 1 / 23, correlation: null, betterA: 2, betterB: 5 },
    },
    table: { both: 4, onlyA: 2, onlyB: 5, neither: 1 },
    test: { method: 'mcnemar-exact', isExact: true, p: 0.000_012_345 },
    ...{ adjustedP: 0.012_345_678, family: 3, smallestDetectable: 1 / 9 },
    tokens: {
      ...{ items: 12, excluded: 0, ratio: 0.789_123_456, median: 0.75 },
      interval: interval(0.789_123_456, 1 / 19),
    },
    ...{ tokensReason: null, seed: 'seed', draws: 1000 },
  };
}

function bandOf(band: ProfileRow['band'], index: number): ProfileRow {
  const value = (index + 1) / 7;
  return {
    ...{ band, items: 5 - index, attempts: 20, accuracy: value, tokensMean: 812.375 },
    redundant: {
      ...{ repeatedStepShare: index === 1 ? 0 : value, ngramRepetition: value },
      ...{ restatedShare: value, compression: value, loopShare: null },
    },
    overthinking: {
      ...{ tokensMean: 812.375, afterTokensMean: index === 2 ? null : 123.456 },
      ...{ afterShare: index === 2 ? null : value, againMean: 1, stated: 3 },
    },
    underthinking: {
      ...{ switchesPer1kRight: 1, switchesPer1kWrong: 1 / 3, leftAnswerShare: value },
      ...{ underthinkingScore: null, searched: 3 },
    },
  };
}

const RUN = { benchmark: 'sums', label: 'short-1' };
const RUNS = { runs: [RUN, { benchmark: 'sums', label: 'short-2' }] };
const SERIES = { benchmark: 'sums', family: 'short', metric: ['reg', 'pass-at-k?k=8'] };
const REWARDS = { run: RUN, rewards: [{ id: 'laser' }, { id: 'l1-exact' }] };

/** A query of every table of a page over the fixture's rows. */
export const VIEWS: Readonly<Record<string, Record<string, unknown>>> = {
  'compare-counts': RUNS,
  'compare-items': RUNS,
  'compare-pool': RUNS,
  'compare-runs': RUNS,
  'compare-tests': RUNS,
  front: { board: { benchmark: 'sums' } },
  'front-families': { board: { benchmark: 'sums' } },
  methods: {},
  'reward-correlations': REWARDS,
  'reward-samples': REWARDS,
  'reward-targets': REWARDS,
  'run-bands': { run: RUN },
  'run-levels': { run: { benchmark: 'sums', label: 'short-1' } },
  'run-metrics': { run: RUN },
  'run-outcomes': { run: RUN },
  'run-rewards': REWARDS,
  series: SERIES,
  'series-metrics': SERIES,
  'series-rewards': SERIES,
  'series-tests': SERIES,
  'verdict-classes': { benchmark: 'sums' },
  'verdict-runs': { benchmark: 'sums' },
  'verdict-sets': { benchmark: 'sums' },
  'verifier-agreement': {},
  'verifier-ranks': {},
  'verifier-training': { family: 'steps' },
};
