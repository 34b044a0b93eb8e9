import { outcomeShares } from '#lib/leaderboard/outcome-shares.ts';
import { AppError } from '#lib/errors.ts';
import { findRunId } from '../run-choice.ts';
import { runFacts } from '../run-facts.ts';
import { OneRun } from './run-query.ts';
import type { FigureView } from './view.ts';

/** What became of the expected attempts of a run. */
export const runOutcomes: FigureView<OneRun> = {
  id: 'run-outcomes',
  label: 'Outcomes',
  description: 'Shares of right, wrong, unparsed, unverifiable, failed and missing attempts.',
  query: OneRun,
  example: { run: { benchmark: 'laconic-demo', label: 'search-unlimited' } },
  async read({ run, column }, sources) {
    const found = await sources.run(await findRunId(run, sources), column);
    const shares = found.figures === null ? null : outcomeShares(found.figures);
    if (shares === null)
      throw new AppError('unprocessable', `"${found.label}" has no attempts of known outcome.`);
    return {
      facts: runFacts([found], `What became of the expected attempts of ${found.label}`),
      columns: {
        outcome: { label: 'Outcome', unit: 'text' },
        share: { label: 'Attempts (%)', unit: 'fraction', decimals: 1 },
      },
      rows: shares.map(({ name, share }) => ({ outcome: name, share })),
    };
  },
};
