import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToSampleMean } from './reduction/sample-mean.ts';
import { isCorrect } from './run/run-samples.ts';

/** ThinkEval's reflection tokens: what a correct response goes on to write after its first correct answer. */
export const reflectionTokens: Metric<Record<string, never>> = {
  id: 'reflection-tokens',
  version: 1,
  label: 'Reflection tokens (ThinkEval)',
  description:
    'Mean number of tokens after the first correct answer, over correct responses whose trace shows one: what was not needed for the result.',
  formula: 'mean of T − T̂ over correct responses',
  source: 'ThinkEval of EvalScope',
  direction: 'lower',
  unit: 'tokens',
  needs: ['trace'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: z.strictObject({}),
  reduce: (run) =>
    reduceToSampleMean(
      run,
      (sample) => {
        const { trace } = sample;
        if (!isCorrect(sample) || trace?.firstCorrectTokens == null) return null;
        return Math.max(0, trace.tokens - trace.firstCorrectTokens);
      },
      'No correct response was analysed for its first correct answer.',
    ),
};
