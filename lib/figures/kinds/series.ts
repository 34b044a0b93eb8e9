import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { boardFacts } from '../board-facts.ts';
import { DataReader, toFigureData, type FigureData } from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import { numberAxis, type Layer, type Plot } from '../plot.ts';
import { parameterLabel } from '../parameter-name.ts';
import { boardName, BoardChoice, readChosenBoard, RowFilter } from '../run-choice.ts';
import { axisEnds, type FigureSpec } from '../spec.ts';

const Query = z.strictObject({
  board: BoardChoice,
  ...RowFilter.shape,
  parameter: z
    .string()
    .max(100)
    .optional()
    .describe('step, target_length, alpha …; default: the one that most runs give.'),
});
type Query = z.infer<typeof Query>;

const COLUMNS = {
  series: 'text',
  run: 'text',
  run_id: 'text',
  value: 'number',
  accuracy: 'number',
  accuracy_low: 'number',
  accuracy_high: 'number',
  tokens: 'number',
  tokens_low: 'number',
  tokens_high: 'number',
} as const;

/** Accuracy (left) and tokens (right) against what the runs of a family differ in. */
export const series: FigureKind<Query> = {
  id: 'series',
  label: 'Series over a parameter',
  description:
    'Accuracy and mean tokens of families against their parameter: training step, target length, α. Two axes; tokens dashed and hollow.',
  query: Query,
  example: {
    board: { benchmark: 'AIME24' },
    model: ['DeepSeek-R1-Distill-Qwen-1.5B'],
    family: ['LASER'],
  },
  async resolve(query, sources) {
    const board = await readChosenBoard(query.board, query, sources);
    const parameter =
      query.parameter ?? mostFrequent(board.rows.flatMap((row) => Object.keys(row.params)));
    if (parameter === null)
      throw new AppError(
        'unprocessable',
        `No run on ${boardName(board)} that passes the filters has a parameter.`,
      );
    const models = (family: string | null) =>
      new Set(board.rows.filter((row) => row.family === family).map((row) => row.model));
    const records = board.rows
      .flatMap((row) => {
        const value = row.params[parameter];
        if (typeof value !== 'number' || row.figures.accuracy === null) return [];
        const { accuracy, accuracyInterval, tokensMean, tokensInterval } = row.figures;
        const tokens = row.isLengthComparable ? tokensMean : null;
        return [
          {
            series: `${row.family ?? row.label}${models(row.family).size > 1 ? ` (${row.model})` : ''}`,
            run: row.label,
            run_id: row.runId,
            value,
            accuracy,
            accuracy_low: accuracyInterval?.low ?? null,
            accuracy_high: accuracyInterval?.high ?? null,
            tokens,
            tokens_low: tokens === null ? null : (tokensInterval?.low ?? null),
            tokens_high: tokens === null ? null : (tokensInterval?.high ?? null),
          },
        ];
      })
      .sort((a, b) => (a.series < b.series ? -1 : a.series > b.series ? 1 : a.value - b.value));
    if (records.length === 0) {
      throw new AppError(
        'unprocessable',
        `No run on ${boardName(board)} that passes the filters has a number for "${parameter}".`,
      );
    }
    const facts = await boardFacts(
      [board],
      `Accuracy (solid) and mean tokens (dashed) against ${parameter} on ${query.board.title ?? boardName(board)}`,
      sources,
    );
    return toFigureData(COLUMNS, records, facts);
  },
  form: { type: 'chart', plot: toPlot },
};

function mostFrequent(names: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

function toPlot(data: FigureData, _query: Query, spec: FigureSpec): Plot {
  const reader = new DataReader(data);
  const names = reader.distinct('series').map(String);
  const [, parameter = 'parameter'] = /against (.+?) on /.exec(data.facts.subject) ?? [];
  const values = reader.rows().flatMap((row) => reader.number(row, 'value') ?? []);
  const isWide = Math.min(...values) > 0 && Math.max(...values) / Math.min(...values) >= 8;
  const hasTokens = reader.rows().some((row) => reader.number(row, 'tokens') !== null);
  const layers = names.flatMap((name, index): Layer[] => {
    const rows = reader.rows((row) => reader.text(row, 'series') === name);
    const shared = { rows, series: index, x: 'value' } as const;
    const accuracy: Layer[] = [
      {
        ...shared,
        mark: 'line',
        y: 'accuracy',
        path: 'straight',
        isSecondary: false,
        dash: 'solid',
      },
      {
        ...shared,
        mark: 'points',
        y: 'accuracy',
        xInterval: null,
        yInterval: ['accuracy_low', 'accuracy_high'],
        label: null,
        isHollow: false,
        isSecondary: false,
      },
    ];
    const tokens: Layer[] = [
      { ...shared, mark: 'line', y: 'tokens', path: 'straight', isSecondary: true, dash: 'dashed' },
      {
        ...shared,
        mark: 'points',
        y: 'tokens',
        xInterval: null,
        yInterval: ['tokens_low', 'tokens_high'],
        label: null,
        isHollow: true,
        isSecondary: true,
      },
    ];
    return [...(hasTokens ? tokens : []), ...accuracy];
  });
  return {
    series: names.map((name, order) => ({ name, order, isBase: false, sign: 'marker' })),
    panels: [
      {
        title: null,
        x: {
          ...numberAxis(parameterLabel(parameter), 'number', {
            scale: spec.x.scale ?? (isWide ? 'log' : 'linear'),
            ticks: [...new Set(values)].sort((a, b) => a - b),
          }),
          ...axisEnds(spec.x),
        },
        y: { ...numberAxis('Accuracy (%), solid', 'fraction'), ...axisEnds(spec.y) },
        y2: hasTokens ? numberAxis('Mean tokens, dashed', 'tokens') : null,
        layers,
      },
    ],
  };
}
