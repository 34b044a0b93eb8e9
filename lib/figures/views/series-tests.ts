import { AppError } from '#lib/errors.ts';
import { describeAll } from './run-query.ts';
import { PAIRED_COLUMNS, pairedCells, testNote } from './paired-columns.ts';
import { readableParameter } from '../parameter-name.ts';
import { parameterColumn, SeriesChoice, seriesFacts } from './series-query.ts';
import type { FigureView } from './view.ts';

/** Every point of a series against its reference. */
export const seriesTests: FigureView<SeriesChoice> = {
  id: 'series-tests',
  label: 'Paired tests of a series',
  description: 'Each point against the reference: difference, items gained and lost, tokens, p.',
  query: SeriesChoice,
  example: { benchmark: 'laconic-demo', family: 'budget' },
  async read(query, sources) {
    const found = await sources.series(query);
    const { comparisons, parameter, points, testReason } = found;
    if (testReason !== null) throw new AppError('unprocessable', testReason);
    const values = new Map(points.map(({ runId, value }) => [runId, value]));
    const subject = `${found.family} (${found.model}) over ${readableParameter(parameter)}, paired tests`;
    const facts = await seriesFacts(found, { subject, notes: testNote(comparisons) }, sources);
    return {
      facts: {
        ...facts,
        intervals: describeAll(
          comparisons.flatMap(({ paired, tokens }) => [paired.interval, tokens?.interval]),
        ),
      },
      columns: {
        run: { label: 'Run', unit: 'text' },
        value: parameterColumn(found),
        ...PAIRED_COLUMNS,
      },
      keys: ['run_id'],
      rows: comparisons.map((one) => ({
        run: one.b.label,
        run_id: one.b.id,
        value: values.get(one.b.id) ?? null,
        ...pairedCells(one),
      })),
    };
  },
};
