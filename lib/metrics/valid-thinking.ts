import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToSampleMean } from './reduction/sample-mean.ts';
import { firstCorrectShare } from './run/first-correct-share.ts';

/** VT: the share of the thinking up to the first correct answer; the whole of it when none stands there (LC-R1, arXiv 2506.14755). */
export const validThinking: Metric<Record<string, never>> = {
  id: 'valid-thinking',
  version: 1,
  label: 'Valid thinking',
  description:
    'Share of the thinking until the right answer is first derived. Unlike outcome efficiency, a trace that never derives it counts as wholly valid.',
  formula: '(1/N) Σ T̂ / T, 1 without a correct answer',
  source: 'LC-R1 (arXiv 2506.14755)',
  direction: 'higher',
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
          responses: 'all',
          requires: 'trace',
          otherwise: 1,
          side: 'before',
        }),
      'No trace of this run was analysed for its first correct answer.',
    ),
};
