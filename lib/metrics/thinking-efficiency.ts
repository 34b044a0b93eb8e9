import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToSampleMean } from './reduction/sample-mean.ts';
import { firstCorrectShare } from './run/first-correct-share.ts';

/** ThinkEval's token efficiency: the share of the reasoning up to the first correct answer, 0 when the response is wrong. */
export const thinkingEfficiency: Metric<Record<string, never>> = {
  id: 'thinking-efficiency',
  version: 1,
  label: 'Thinking efficiency (ThinkEval)',
  description:
    'Share of the reasoning until the right answer first stands there, 0 for a wrong response: accuracy and economy in one number.',
  formula: '(1/N) Σ T̂ / T, 0 for a wrong response',
  source: 'ThinkEval of EvalScope',
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
          requires: 'response',
          otherwise: 0,
          side: 'before',
        }),
      'No trace of this run was analysed for its first correct answer.',
    ),
};
