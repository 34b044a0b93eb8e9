import { AppError } from '#lib/errors.ts';
import { readRewards, REWARDED_EXAMPLE, RewardedRun } from './reward-query.ts';
import type { FigureView } from './view.ts';

/** The target length that ECR of LASER-D would choose by band of difficulty. */
export const rewardTargets: FigureView<RewardedRun> = {
  id: 'reward-targets',
  label: 'Targets of ECR',
  description: 'The shortest length at which LASER-D expects one right answer, by difficulty.',
  query: RewardedRun,
  example: REWARDED_EXAMPLE,
  async read(query, sources) {
    const subject = 'Target lengths by expected correct responses';
    const { found, facts } = await readRewards(query, { subject }, sources);
    if (found.targets.length === 0) {
      throw new AppError(
        'unprocessable',
        'Bands of difficulty need at least four samples an item: this run has fewer.',
      );
    }
    return {
      facts,
      columns: {
        band: { label: 'Band', unit: 'text' },
        items: { label: 'Items', unit: 'number' },
        responses: { label: 'Responses', unit: 'number' },
        target: { label: 'Target (tokens)', unit: 'tokens' },
      },
      rows: found.targets.map(({ band, items, responses, target }) => ({
        ...{ band, items, responses, target },
      })),
    };
  },
};
