import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { createRng } from '#lib/rng.ts';
import { holm } from '#lib/stats/holm.ts';
import { lengthRatio } from '#lib/stats/length-ratio.ts';
import { normalCdf } from '#lib/stats/normal.ts';
import { compareAligned } from '#lib/stats/paired.ts';
import { describeInterval } from '../caption.ts';
import {
  DataReader,
  distinctKnown,
  NO_FACTS,
  toFigureData,
  type FigureData,
} from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import { numberAxis, type Plot } from '../plot.ts';
import { findRunId, RunChoice } from '../run-choice.ts';
import type { ItemScores } from '../sources.ts';
import { axisEnds, type FigureSpec } from '../spec.ts';

const Query = z.strictObject({
  baseline: RunChoice,
  runs: z.array(RunChoice).min(1).max(40),
  measure: z
    .enum(['accuracy', 'tokens'])
    .default('accuracy')
    .describe('Difference of accuracy, or ratio of lengths item by item.'),
  column: z.string().max(64).optional(),
});
type Query = z.infer<typeof Query>;

const COLUMNS = {
  place: 'number',
  run: 'text',
  run_id: 'text',
  baseline: 'text',
  items: 'number',
  difference: 'number',
  low: 'number',
  high: 'number',
  p_holm: 'number',
} as const;

/** Replicates of the ratio's bootstrap; the seed is fixed, so that the interval is a property of the data. */
const SEED = 'paired-forest';

/** Paired differences to one run with their intervals: a forest plot. */
export const pairedForest: FigureKind<Query> = {
  id: 'paired-forest',
  label: 'Paired comparison',
  description:
    'Each run against one baseline over the same items: difference of accuracy, or ratio of lengths, with 95 % intervals.',
  query: Query,
  example: {
    baseline: { benchmark: 'laconic-demo', label: 'careful-512' },
    runs: [{ benchmark: 'laconic-demo', label: 'guess' }],
  },
  async resolve(query, sources) {
    const baseline = await sources.itemScores(
      await findRunId(query.baseline, sources),
      query.column,
    );
    const ids = await Promise.all(query.runs.map((choice) => findRunId(choice, sources)));
    const others = await Promise.all(ids.map((id) => sources.itemScores(id, query.column)));
    for (const other of others) requireComparable(baseline, other, query.measure);
    const compared = others.map((other) =>
      query.measure === 'accuracy'
        ? compareAccuracy(baseline, other)
        : compareTokens(baseline, other),
    );
    const adjusted = holm(compared.flatMap(({ p }) => p ?? []));
    let next = 0;
    const isAmbiguous = (label: string) =>
      others.filter((other) => other.label === label).length > 1;
    const records = compared.map(({ difference, low, high, items, p }, index) => {
      const other = others[index] ?? baseline;
      return {
        place: index + 1,
        run: isAmbiguous(other.label) ? `${other.label} (${other.model})` : other.label,
        run_id: other.runId,
        baseline: baseline.label,
        items,
        difference,
        low,
        high,
        p_holm: p === null ? null : (adjusted[next++] ?? null),
      };
    });
    const what =
      query.measure === 'accuracy'
        ? 'Paired difference of accuracy'
        : 'Ratio of response lengths, item by item (geometric mean),';
    return toFigureData(COLUMNS, records, {
      ...NO_FACTS,
      subject: `${what} to ${baseline.label}${query.measure === 'accuracy' ? ' over the same items' : ''}`,
      benchmarks: [
        {
          name: baseline.benchmarkId,
          items: baseline.accuracy.length,
          samplesPerItem: distinctKnown(
            [baseline, ...others].map(({ samplesPerItem }) => samplesPerItem),
          ),
        },
      ],
      verifiers: distinctKnown([baseline, ...others].map(({ verifier }) => verifier)),
      lengths: query.measure === 'tokens' ? baseline.lengthLabel : null,
      intervals: distinctKnown(compared.map(({ method }) => method)),
      notes:
        query.measure === 'accuracy'
          ? ['p values of the data file are adjusted by Holm over the runs shown.']
          : [],
    });
  },
  form: { type: 'chart', plot: toPlot },
};

function requireComparable(a: ItemScores, b: ItemScores, measure: Query['measure']): void {
  if (a.benchmarkId !== b.benchmarkId) {
    throw new AppError(
      'unprocessable',
      `"${b.label}" answers another benchmark (${b.benchmarkId}) than "${a.label}" (${a.benchmarkId}): only runs on the same items can be paired.`,
    );
  }
  if (measure === 'tokens' && a.lengthLabel !== b.lengthLabel) {
    throw new AppError(
      'unprocessable',
      `"${b.label}" counts ${b.lengthLabel}, "${a.label}" ${a.lengthLabel}: name one column in data.column.`,
    );
  }
}

interface Compared {
  difference: number;
  low: number | null;
  high: number | null;
  items: number;
  p: number | null;
  method: string | null;
}

/** Two-sided p of the paired z (Miller 2024, section 4). */
function compareAccuracy(a: ItemScores, b: ItemScores): Compared {
  const result = compareAligned(a.accuracy, b.accuracy);
  if (result === null)
    throw new AppError('unprocessable', `"${a.label}" and "${b.label}" share no item.`);
  const { difference, interval, items, z: statistic } = result;
  return {
    difference,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    items,
    p: statistic === null ? null : 2 * normalCdf(-Math.abs(statistic)),
    method: interval === null ? null : describeInterval(interval),
  };
}

function compareTokens(a: ItemScores, b: ItemScores): Compared {
  const result = lengthRatio(a.tokens, b.tokens, { rng: createRng(SEED, a.tokens.length) });
  if (result === null)
    throw new AppError(
      'unprocessable',
      `"${a.label}" and "${b.label}" have no item whose lengths are both known.`,
    );
  const { ratio, interval, items } = result;
  return {
    difference: ratio,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    items,
    p: null,
    method: interval === null ? null : describeInterval(interval),
  };
}

function toPlot(data: FigureData, query: Query, spec: FigureSpec): Plot {
  const reader = new DataReader(data);
  const rows = reader.rows();
  const isRatio = query.measure === 'tokens';
  const baseline = reader.text(0, 'baseline');
  const axis = isRatio
    ? numberAxis(`Length relative to ${baseline}`, 'number', { scale: spec.x.scale ?? 'log' })
    : numberAxis(`Accuracy minus that of ${baseline} (points)`, 'points', { scale: 'linear' });
  return {
    series: [{ name: 'difference', order: 0, isBase: false, sign: 'marker' }],
    panels: [
      {
        title: null,
        x: { ...axis, ...axisEnds(spec.x) },
        y: { kind: 'category', label: '', names: rows.map((row) => reader.text(row, 'run')) },
        y2: null,
        layers: [
          { mark: 'rule', rows: [], series: null, across: 'x', at: isRatio ? 1 : 0, label: null },
          {
            mark: 'points',
            rows,
            series: 0,
            x: 'difference',
            y: 'place',
            xInterval: ['low', 'high'],
            yInterval: null,
            label: null,
            isHollow: false,
            isSecondary: false,
          },
        ],
      },
    ],
  };
}
