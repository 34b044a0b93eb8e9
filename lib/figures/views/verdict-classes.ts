import { VerdictChoice, verdictFacts } from './verdict-query.ts';
import type { FigureView } from './view.ts';

/** The outcomes that another set of verdicts changes, by kind and reason. */
export const verdictClasses: FigureView<VerdictChoice> = {
  id: 'verdict-classes',
  label: 'Changed verdicts by class',
  description: 'Outcomes before and after, with the reason, the most frequent first.',
  query: VerdictChoice,
  example: { benchmark: 'laconic-demo' },
  async read({ benchmark, from, to }, sources) {
    const diff = await sources.verdicts({ id: benchmark, from, to });
    return {
      facts: verdictFacts(diff, 'Outcomes that change between two sets of verdicts'),
      columns: {
        before: { label: 'Before', unit: 'text' },
        after: { label: 'After', unit: 'text' },
        count: { label: 'Outputs', unit: 'number' },
        reason: { label: 'Reason', unit: 'text' },
      },
      rows: diff.classes.map(({ before, after, count, reason }) => ({
        ...{ before, after, count, reason },
      })),
    };
  },
};
