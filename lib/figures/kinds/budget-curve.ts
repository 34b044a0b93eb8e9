import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { toBudgetPoints } from '#lib/leaderboard/budget-points.ts';
import { DataReader, toFigureData, type FigureData } from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import { numberAxis, type Plot } from '../plot.ts';
import { findRunId, RunChoice } from '../run-choice.ts';
import { runFacts } from '../run-facts.ts';
import { axisEnds, type FigureSpec } from '../spec.ts';

const Query = z.strictObject({
  runs: z.array(RunChoice).min(1).max(40),
  column: z.string().max(64).optional(),
  mixedLengths: z
    .enum(['refuse', 'allow'])
    .default('refuse')
    .describe('Runs whose lengths are counted differently.'),
});
type Query = z.infer<typeof Query>;

const COLUMNS = { series: 'text', run_id: 'text', budget: 'number', accuracy: 'number' } as const;

/** How much accuracy is left when answers are cut at a budget. */
export const budgetCurve: FigureKind<Query> = {
  id: 'budget-curve',
  label: 'Accuracy under a token budget',
  description:
    'Accuracy if every answer were cut at a number of tokens: right answers no longer than the budget, out of all that were expected.',
  query: Query,
  example: {
    runs: [
      { benchmark: 'laconic-demo', label: 'search-512' },
      { benchmark: 'laconic-demo', label: 'guess' },
    ],
  },
  async resolve(query, sources) {
    const ids = await Promise.all(query.runs.map((choice) => findRunId(choice, sources)));
    const runs = await Promise.all(ids.map((id) => sources.run(id, query.column)));
    const columns = [...new Set(runs.map((run) => run.lengthLabel))];
    if (columns.length > 1 && query.mixedLengths === 'refuse') {
      throw new AppError(
        'unprocessable',
        `The runs count lengths differently (${columns.join('; ')}): name one column in data.column, or set data.mixedLengths to "allow".`,
      );
    }
    const labels = runs.map((run) => run.label);
    const records = runs.flatMap((run) => {
      const points = toBudgetPoints({
        bars: run.lengths,
        expected: run.figures?.expectedAttempts ?? 0,
      });
      if (points.length === 0)
        throw new AppError(
          'unprocessable',
          `"${run.label}" has no stored lengths to cut at a budget.`,
        );
      const isAmbiguous = labels.filter((label) => label === run.label).length > 1;
      return points.map(({ budget, accuracy }) => ({
        series: isAmbiguous ? `${run.label} (${run.model.name})` : run.label,
        run_id: run.id,
        budget,
        accuracy,
      }));
    });
    return toFigureData(
      COLUMNS,
      records,
      runFacts(runs, 'Accuracy if answers were cut hard at a token budget'),
    );
  },
  form: { type: 'chart', plot: toPlot },
};

function toPlot(data: FigureData, _query: Query, spec: FigureSpec): Plot {
  const reader = new DataReader(data);
  const names = reader.distinct('run_id');
  return {
    series: names.map((id, order) => ({
      name: reader.text(reader.rows((row) => reader.cell(row, 'run_id') === id)[0] ?? 0, 'series'),
      order,
      isBase: false,
      sign: 'line',
    })),
    panels: [
      {
        title: null,
        x: {
          ...numberAxis('Token budget per response', 'tokens', { scale: spec.x.scale ?? 'log' }),
          ...axisEnds(spec.x),
        },
        y: { ...numberAxis('Accuracy (%)', 'fraction', { hasZero: true }), ...axisEnds(spec.y) },
        y2: null,
        layers: names.map((id, index) => ({
          mark: 'line',
          rows: reader.rows((row) => reader.cell(row, 'run_id') === id),
          series: index,
          x: 'budget',
          y: 'accuracy',
          path: 'step',
          isSecondary: false,
          dash: 'look',
        })),
      },
    ],
  };
}
