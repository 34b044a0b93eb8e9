import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToMean } from './reduction/reduction.ts';
import { thinkingAreas } from './run/thinking-areas.ts';

const Options = z.strictObject({ maxTokens: z.number().positive().default(1000) });

/**
 * The area under overthinking-adjusted accuracy (OptimalThinkingBench, arXiv 2508.13141): correct answers count by
 * the share of the token range that their thinking leaves unused. The closed form of the sum over thresholds 1 to maxTokens.
 */
export const aucOaa: Metric<z.infer<typeof Options>> = {
  id: 'auc-oaa',
  version: 1,
  label: 'AUC_OAA',
  description:
    'Accuracy on simple questions, where a correct answer counts less the more it thinks: fully without thinking, not at all from 1,000 thinking tokens on.',
  formula: '(1/n) Σᵢ mean over samples of c · max(0, t_max − T) / t_max',
  source: 'OptimalThinkingBench (arXiv 2508.13141)',
  direction: 'higher',
  unit: 'share',
  needs: ['reasoning-tokens'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce(run, { maxTokens }) {
    const areas = thinkingAreas(run, maxTokens);
    if ('reason' in areas) return areas;
    return reduceToMean(areas.byItem, { isShare: true, isSingleSample: false });
  },
};
