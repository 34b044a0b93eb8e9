import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { GradedChoice, gradedFacts } from './graded-query.ts';
import { trainingTable } from './training-table.ts';
import type { FigureView } from './view.ts';

const Query = z.strictObject({ ...GradedChoice.shape, family: z.string().max(200) });
type Query = z.infer<typeof Query>;

/** Checkpoints of a family: what other verifiers would have paid, beside what the board's own confirms. */
export const verifierTraining: FigureView<Query> = {
  id: 'verifier-training',
  label: 'Checkpoints under other verifiers',
  description: 'What each verifier accepts at every checkpoint of a family.',
  query: Query,
  example: { benchmark: 'laconic-demo', family: 'budget' },
  async read({ benchmark, family }, sources) {
    const board = await sources.gradedBoard(benchmark);
    const rewards = board.training
      .filter((one) => one.family === family)
      .map(({ reward, view }) => ({ reward, ...view }));
    if (rewards.length === 0) {
      const known = [...new Set(board.training.map((one) => one.family))].join(', ') || 'none';
      throw new AppError(
        'not_found',
        `No family "${family}" with graded checkpoints on ${board.title}. Known: ${known}.`,
      );
    }
    return {
      ...trainingTable({ parameter: 'Step', audit: board.verifier }, rewards),
      facts: gradedFacts(board, `Accepted at each checkpoint of ${family}`),
    };
  },
};
