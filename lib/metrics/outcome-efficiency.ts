import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToSampleMean } from './reduction/sample-mean.ts';
import { firstCorrectShare } from './run/first-correct-share.ts';

const Options = z.strictObject({
  /** The programme asks for any correct solution in the trace, the paper for a correct response. */
  requires: z.enum(['trace', 'response']).default('trace'),
});

/** ξ_O: the share of a trace up to its first correct solution; 0 without one (Chen et al. 2024, arXiv 2412.21187, section 2). */
export const outcomeEfficiency: Metric<z.infer<typeof Options>> = {
  id: 'outcome-efficiency',
  version: 1,
  label: 'Outcome efficiency ξ_O',
  description:
    'Share of the trace that was needed to reach the first correct solution. 1 when the model stops there; low when it goes on checking, and 0 for a trace without a correct solution.',
  formula: '(1/N) Σ σ · T̂ / T',
  source: 'Chen et al. 2024 (arXiv 2412.21187), section 2',
  direction: 'higher',
  unit: 'share',
  needs: ['trace'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce: (run, { requires }) =>
    reduceToSampleMean(
      run,
      (sample) =>
        firstCorrectShare(sample, { responses: 'all', requires, otherwise: 0, side: 'before' }),
      'No trace of this run was analysed for its first correct answer.',
    ),
};
