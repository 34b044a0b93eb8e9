import { VerdictChoice, verdictFacts } from './verdict-query.ts';
import type { FigureView } from './view.ts';

/** Every set of verdicts of a benchmark. */
export const verdictSets: FigureView<VerdictChoice> = {
  id: 'verdict-sets',
  label: 'Sets of verdicts',
  description: 'By which verifiers, versions and policies the runs of a benchmark were judged.',
  query: VerdictChoice,
  example: { benchmark: 'laconic-demo' },
  async read({ benchmark, from, to }, sources) {
    const diff = await sources.verdicts({ id: benchmark, from, to });
    return {
      facts: { ...verdictFacts(diff, 'Sets of verdicts'), verifiers: [], notes: [] },
      columns: {
        verifier: { label: 'Verifier', unit: 'text' },
        policy: { label: 'Policy', unit: 'text' },
        board: { label: 'On the board', unit: 'text' },
        runs: { label: 'Runs', unit: 'number' },
        unfinished: { label: 'Being judged', unit: 'number' },
      },
      rows: diff.sets.map(({ verifier, version, policy, runs, unfinished, isPinned }) => ({
        ...{ verifier: `${verifier}@${String(version)}`, policy, runs, unfinished },
        board: isPinned ? 'yes' : 'no',
      })),
    };
  },
};
