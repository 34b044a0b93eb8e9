import { PAIRED_COLUMNS, pairedCells, testNote } from './paired-columns.ts';
import { compareRuns } from './compare-runs.ts';
import { ComparedRuns, factsOfRuns, readComparison } from './run-query.ts';
import type { FigureView } from './view.ts';

/** Every run against the first: what the details of the page say. */
export const compareTests: FigureView<ComparedRuns> = {
  id: 'compare-tests',
  label: 'Paired tests',
  description: 'Each run against the first: difference, errors, power, items, tokens and p.',
  query: ComparedRuns,
  example: compareRuns.example,
  async read(query, sources) {
    const { runs, comparisons } = await readComparison(query, sources);
    const about = {
      subject: `Paired comparison with ${runs[0]?.label ?? ''}`,
      intervals: comparisons.flatMap(({ paired, tokens }) => [paired.interval, tokens?.interval]),
      notes: testNote(comparisons),
    };
    return {
      facts: await factsOfRuns(
        runs.map(({ id }) => id),
        about,
        sources,
      ),
      columns: {
        run: { label: 'Run', unit: 'text' },
        ...PAIRED_COLUMNS,
        error: { label: 'SE, paired (points)', unit: 'fraction', decimals: 2 },
        unpaired: { label: 'SE, unpaired', unit: 'fraction', decimals: 2 },
        detectable: { label: 'Detectable (points)', unit: 'fraction', decimals: 1 },
      },
      keys: ['run_id'],
      rows: comparisons.map((one) => ({
        ...{ run: one.b.label, run_id: one.b.id },
        ...pairedCells(one),
        error: one.paired.standardError,
        unpaired: one.paired.unpairedError,
        detectable: one.smallestDetectable,
      })),
    };
  },
};
