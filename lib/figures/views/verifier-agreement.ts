import { GradedChoice, gradedFacts } from './graded-query.ts';
import type { FigureView } from './view.ts';

/** How often each grading agrees with the verdicts of a board. */
export const verifierAgreement: FigureView<GradedChoice> = {
  id: 'verifier-agreement',
  label: 'Agreement of gradings',
  description: 'How often each grading agrees with the verdicts of a board, and who accepts more.',
  query: GradedChoice,
  example: { benchmark: 'laconic-demo' },
  async read({ benchmark }, sources) {
    const board = await sources.gradedBoard(benchmark);
    return {
      facts: gradedFacts(board, `Agreement with ${board.verifier}`),
      columns: {
        grading: { label: 'Graded by', unit: 'text' },
        agrees: { label: 'Agrees (%)', unit: 'fraction', decimals: 1 },
        kappa: { label: 'Kappa', unit: 'number', decimals: 2 },
        only_it: { label: 'Only it accepts', unit: 'number' },
        only_own: { label: `Only ${board.verifier}`, unit: 'number' },
      },
      rows: board.agreement.map(({ name, agrees, kappa, onlyHere, onlyOwn }) => ({
        ...{ grading: name, agrees, kappa, only_it: onlyHere, only_own: onlyOwn },
      })),
    };
  },
};
