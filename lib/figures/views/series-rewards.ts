import { AppError } from '#lib/errors.ts';
import { trainingTable } from './training-table.ts';
import { parameterLabel } from '../parameter-name.ts';
import { SeriesChoice, seriesFacts } from './series-query.ts';
import type { FigureView } from './view.ts';

/** What other verifiers would have paid at every point of a series. */
export const seriesRewards: FigureView<SeriesChoice> = {
  id: 'series-rewards',
  label: 'Rewards over a series',
  description: 'What other verifiers accept at every point, beside what the own one confirms.',
  query: SeriesChoice,
  example: { benchmark: 'laconic-demo', family: 'budget' },
  async read(query, sources) {
    const found = await sources.series(query);
    const { rewards } = found;
    const audit = rewards[0]?.audit;
    if (audit === undefined)
      throw new AppError(
        'unprocessable',
        'No other verifier has graded the points of this series.',
      );
    const subject = `Accepted at each point of ${found.family} (${found.model})`;
    return {
      ...trainingTable({ parameter: parameterLabel(found.parameter), audit }, rewards),
      facts: await seriesFacts(found, { subject }, sources),
    };
  },
};
