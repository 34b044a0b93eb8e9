import { GradedChoice, gradedFacts } from './graded-query.ts';
import type { FigureView } from './view.ts';

/** The ranks of a board under each grading. */
export const verifierRanks: FigureView<GradedChoice> = {
  id: 'verifier-ranks',
  label: 'Ranks by verifier',
  description: 'The rank and the accepted share of each run under every grading of a board.',
  query: GradedChoice,
  example: { benchmark: 'laconic-demo' },
  async read({ benchmark }, sources) {
    const board = await sources.gradedBoard(benchmark);
    const { columns, runs, reversedPairs, pairs } = board.changes;
    const facts = gradedFacts(board, 'Ranks under each grading');
    return {
      facts: {
        ...facts,
        notes: [
          ...facts.notes,
          `${String(reversedPairs)} of ${String(pairs)} pairs of runs change their order.`,
        ],
      },
      columns: {
        run: { label: 'Run', unit: 'text' },
        grading: { label: 'Graded by', unit: 'text' },
        grading_place: { label: 'Place', unit: 'number', names: 'grading' },
        rank: { label: 'Rank', unit: 'rank' },
        share: { label: 'Accepted (%)', unit: 'fraction', decimals: 1 },
      },
      keys: ['run_id'],
      rows: runs.flatMap(({ runId, name, places }) =>
        columns.map(({ label }, column) => ({
          ...{ run: name, run_id: runId, grading: label, grading_place: column + 1 },
          rank: places[column]?.rank ?? null,
          share: places[column]?.share ?? null,
        })),
      ),
    };
  },
};
