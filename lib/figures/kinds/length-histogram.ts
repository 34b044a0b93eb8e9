import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { DataReader, toFigureData, type FigureData } from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import { numberAxis, type Layer, type Panel, type Plot } from '../plot.ts';
import { findRunId, RunChoice } from '../run-choice.ts';
import { runFacts } from '../run-facts.ts';
import { axisEnds, type FigureSpec } from '../spec.ts';

const Query = z.strictObject({
  runs: z.array(RunChoice).min(1).max(6).describe('One panel each.'),
  column: z.string().max(64).optional(),
});
type Query = z.infer<typeof Query>;

const COLUMNS = {
  panel: 'number',
  run: 'text',
  run_id: 'text',
  from: 'number',
  to: 'number',
  edge: 'number',
  right: 'number',
  wrong: 'number',
  all: 'number',
} as const;

/** How long right and wrong answers are, stacked: one panel a run. */
export const lengthHistogram: FigureKind<Query> = {
  id: 'length-histogram',
  label: 'Lengths of right and wrong answers',
  description:
    'A histogram of response lengths for each run, right answers below and all others above them.',
  query: Query,
  example: { runs: [{ benchmark: 'laconic-demo', label: 'search-512' }] },
  async resolve(query, sources) {
    const ids = await Promise.all(query.runs.map((choice) => findRunId(choice, sources)));
    const runs = await Promise.all(ids.map((id) => sources.run(id, query.column)));
    const bare = runs.find((run) => run.lengths.length === 0);
    if (bare !== undefined) {
      throw new AppError(
        'unprocessable',
        `"${bare.label}" has no stored lengths${bare.trust === 'reported' ? ': it is a published figure without outputs' : ''}.`,
      );
    }
    const records = runs.flatMap((run, panel) =>
      run.lengths.map(({ from, to, right, wrong }) => ({
        panel: panel + 1,
        run: run.label,
        run_id: run.id,
        from,
        to,
        edge: to + 1,
        right,
        wrong,
        all: right + wrong,
      })),
    );
    return toFigureData(
      COLUMNS,
      records,
      runFacts(
        runs,
        'Response lengths by outcome: right answers below, all other answers stacked on them',
      ),
    );
  },
  form: { type: 'chart', plot: toPlot },
};

function toPlot(data: FigureData, _query: Query, spec: FigureSpec): Plot {
  const reader = new DataReader(data);
  const panels = reader.distinct('panel').map((panel, index): Panel => {
    const rows = reader.rows((row) => reader.cell(row, 'panel') === panel);
    const layers: Layer[] = [
      { mark: 'boxes', rows, series: 0, x: ['from', 'edge'], y: [null, 'right'] },
      { mark: 'boxes', rows, series: 1, x: ['from', 'edge'], y: ['right', 'all'] },
    ];
    return {
      title: reader.text(rows[0] ?? 0, 'run'),
      x: {
        ...numberAxis('Tokens per response', 'tokens', { scale: spec.x.scale ?? 'log' }),
        ...axisEnds(spec.x),
      },
      y: {
        ...numberAxis(index === 0 ? 'Responses' : '', 'number', { hasZero: true }),
        ...axisEnds(spec.y),
      },
      y2: null,
      layers,
    };
  });
  return {
    panels,
    series: ['right', 'not right'].map((name, order) => ({
      name,
      order,
      isBase: false,
      sign: 'box',
    })),
  };
}
