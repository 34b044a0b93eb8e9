import { AppError } from '#lib/errors.ts';
import { compareRuns } from './compare-runs.ts';
import { ComparedRuns, factsOfRuns, readComparison } from './run-query.ts';
import type { FigureView } from './view.ts';

/** Two by two: the items that both runs, one or neither get right. */
export const compareCounts: FigureView<ComparedRuns> = {
  id: 'compare-counts',
  label: 'Two by two',
  description:
    'Items that both runs, only one or neither answer right, for each run and the first.',
  query: ComparedRuns,
  example: compareRuns.example,
  async read(query, sources) {
    const { runs, comparisons } = await readComparison(query, sources);
    const known = comparisons.flatMap(({ a, b, table }) =>
      table === null ? [] : [{ a, b, table }],
    );
    const [first] = known;
    if (first === undefined) {
      throw new AppError(
        'unprocessable',
        'Items with several samples are right in part: there is no table of two by two. Take compare-tests.',
      );
    }
    const subject = `Items by whether ${first.a.label} and the other are right`;
    return {
      facts: await factsOfRuns(
        runs.map(({ id }) => id),
        { subject },
        sources,
      ),
      columns: {
        run: { label: 'Other run', unit: 'text' },
        reference: { label: first.a.label, unit: 'text' },
        right: { label: 'Other right', unit: 'number' },
        wrong: { label: 'Other not right', unit: 'number' },
      },
      keys: ['run_id'],
      rows: known.flatMap(({ b, table }) => [
        { run: b.label, run_id: b.id, reference: 'right', right: table.both, wrong: table.onlyA },
        {
          ...{ run: b.label, run_id: b.id, reference: 'not right' },
          ...{ right: table.onlyB, wrong: table.neither },
        },
      ]),
    };
  },
};
