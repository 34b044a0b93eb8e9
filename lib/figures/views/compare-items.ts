import { AppError } from '#lib/errors.ts';
import { compareRuns } from './compare-runs.ts';
import { ComparedRuns, factsOfRuns, readComparison } from './run-query.ts';
import type { FigureView } from './view.ts';

/** The items that changed sides, the largest saving of tokens first. */
export const compareItems: FigureView<ComparedRuns> = {
  id: 'compare-items',
  label: 'Items that changed sides',
  description: 'Items whose success differs between a run and the first, with both lengths.',
  query: ComparedRuns,
  example: compareRuns.example,
  async read(query, sources) {
    const { runs, comparisons } = await readComparison(query, sources);
    const rows = comparisons.flatMap(({ b, flips }) =>
      flips.map(({ itemKey, accuracyA, accuracyB, tokensA, tokensB }) => ({
        ...{ item: itemKey, run: b.label, run_id: b.id },
        ...{ before: accuracyA, after: accuracyB },
        ...{ tokens_before: tokensA, tokens_after: tokensB },
      })),
    );
    if (rows.length === 0) throw new AppError('unprocessable', 'No item changed sides.');
    const subject = `Items that changed sides against ${runs[0]?.label ?? ''}`;
    return {
      facts: await factsOfRuns(
        runs.map(({ id }) => id),
        { subject },
        sources,
      ),
      columns: {
        item: { label: 'Item', unit: 'text' },
        run: { label: 'Run', unit: 'text' },
        before: { label: 'Right before (%)', unit: 'fraction' },
        after: { label: 'After (%)', unit: 'fraction' },
        tokens_before: { label: 'Tokens before', unit: 'tokens' },
        tokens_after: { label: 'After', unit: 'tokens' },
      },
      keys: ['run_id'],
      rows,
    };
  },
};
