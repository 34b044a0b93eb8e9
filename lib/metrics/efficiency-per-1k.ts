import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns, reduceToMean, unavailable } from './reduction/reduction.ts';
import { jointColumns, toJointMeans } from './run/joint-columns.ts';
import { meanOf } from './run/lengths.ts';
import { isCorrect } from './run/run-samples.ts';

const Options = z.strictObject({
  /** The two differ as soon as lengths vary: one short correct answer lifts the mean of ratios far. */
  aggregate: z.enum(['ratio-of-means', 'mean-of-ratios']).default('ratio-of-means'),
});

/** Quality over cost, η = E[Q / C] (Qu et al. 2025, arXiv 2503.21614), with correct answers per 1,000 tokens. */
export const efficiencyPer1k: Metric<z.infer<typeof Options>> = {
  id: 'efficiency-per-1k',
  version: 1,
  label: 'η per 1,000 tokens',
  description:
    'Correct answers per 1,000 tokens. By default accuracy over mean length; as mean of ratios each answer counts by its own length, and answers of zero tokens are left out.',
  formula: '1,000 · A / T, or 1,000 · mean of c / L',
  source: 'Qu et al. 2025 (arXiv 2503.21614)',
  direction: 'higher',
  unit: 'ratio',
  needs: ['tokens'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce(run, { aggregate }) {
    if (aggregate === 'ratio-of-means') {
      const columns = jointColumns(run);
      if ('reason' in columns) return columns;
      return reduceToColumns(
        columns,
        (means) => {
          const joint = toJointMeans(means);
          return joint === null || joint.tokens === 0
            ? null
            : (1000 * joint.accuracy) / joint.tokens;
        },
        'A run of zero tokens has no quality per token.',
      );
    }
    const ratios = run.items
      .map(({ samples }) =>
        samples.flatMap((sample) =>
          sample.tokens === null || sample.tokens === 0
            ? []
            : [isCorrect(sample) ? 1000 / sample.tokens : 0],
        ),
      )
      .filter((values) => values.length > 0);
    if (ratios.length === 0) return unavailable('No answer has a known length above zero.');
    return reduceToMean(ratios.map(meanOf), { isShare: false, isSingleSample: false });
  },
};
