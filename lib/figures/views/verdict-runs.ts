import { VerdictChoice, verdictFacts } from './verdict-query.ts';
import type { FigureView } from './view.ts';

/** What another set of verdicts changes for each run. */
export const verdictRuns: FigureView<VerdictChoice> = {
  id: 'verdict-runs',
  label: 'Changed verdicts by run',
  description: 'Accuracy of each run under two sets of verdicts, with answers gained and lost.',
  query: VerdictChoice,
  example: { benchmark: 'laconic-demo' },
  async read({ benchmark, from, to }, sources) {
    const diff = await sources.verdicts({ id: benchmark, from, to });
    return {
      facts: verdictFacts(diff, 'Accuracy under two sets of verdicts'),
      columns: {
        run: { label: 'Run', unit: 'text' },
        before: { label: 'Before (%)', unit: 'fraction', decimals: 2 },
        after: { label: 'After (%)', unit: 'fraction', decimals: 2 },
        gained: { label: 'Gained', unit: 'number' },
        lost: { label: 'Lost', unit: 'number' },
      },
      keys: ['run_id'],
      rows: diff.runs.map(({ runId, label, accuracyBefore, accuracyAfter, gained, lost }) => ({
        ...{ run: label, run_id: runId, before: accuracyBefore, after: accuracyAfter },
        ...{ gained, lost },
      })),
    };
  },
};
