import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToSampleMean } from './reduction/sample-mean.ts';
import { firstCorrectShare } from './run/first-correct-share.ts';
import { isCorrect } from './run/run-samples.ts';

/**
 * ξ_UT: how much of a wrong response comes after a correct thought that was given up; 0 without such a thought (Wang et al.
 * 2025, "Thoughts Are All Over the Place", arXiv 2501.18585). Over wrong responses only: without one there is nothing to say.
 */
export const underthinking: Metric<Record<string, never>> = {
  id: 'underthinking',
  version: 1,
  label: 'Underthinking ξ_UT',
  description:
    'Over the wrong responses: share of the trace that follows a correct thought. High when a model leaves the right path after it found it.',
  formula: '(1/N_wrong) Σ (1 − T̂ / T), 0 without a correct thought',
  source: 'Wang et al. 2025 (arXiv 2501.18585)',
  direction: 'lower',
  unit: 'share',
  needs: ['trace'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: z.strictObject({}),
  reduce: (run) =>
    reduceToSampleMean(
      run,
      (sample) =>
        firstCorrectShare(sample, {
          responses: 'wrong',
          requires: 'trace',
          otherwise: 0,
          side: 'after',
        }),
      run.items.every(({ samples }) => samples.every(isCorrect))
        ? 'No response is wrong.'
        : 'No wrong response was analysed for a correct thought.',
    ),
};
