import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns, unavailable } from './reduction/reduction.ts';
import { expectedSamples, itemAccuracy } from './run/run-samples.ts';

/** Expected price of one correct answer, over the benchmark (Erol et al. 2025, arXiv 2504.13359). */
export const costOfPass: Metric<Record<string, never>> = {
  id: 'cost-of-pass',
  version: 1,
  label: 'Cost of a pass',
  description:
    'Expected price of one correct answer: mean price of an attempt over the chance of success, both over the whole benchmark. An item that is never solved would cost infinitely much by itself, so the share of such items stands in a note.',
  formula: 'E[price of an attempt] / E[success]',
  source: 'Erol et al. 2025 (arXiv 2504.13359), as a ratio of means over items',
  direction: 'lower',
  unit: 'dollars',
  needs: ['tokens', 'price'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: z.strictObject({}),
  reduce(run, _options, { price }) {
    if (price === null) return unavailable('The price of a token is not known.');
    const samples = run.items.flatMap((item) => item.samples);
    const isUnpriced = samples.some(
      ({ outcome, tokens, promptTokens }) =>
        outcome !== 'error' && (tokens === null || (price.prompt > 0 && promptTokens === null)),
    );
    if (isUnpriced) return unavailable('Some attempts have no known number of tokens to pay for.');
    const costs = run.items.map((item) => {
      const sum = item.samples.reduce(
        (total, { tokens, promptTokens }) =>
          total + ((tokens ?? 0) * price.completion + (promptTokens ?? 0) * price.prompt) / 1e6,
        0,
      );
      const expected = expectedSamples(run, item);
      return expected === 0 ? 0 : sum / expected;
    });
    const accuracy = Float64Array.from(run.items, (item) => itemAccuracy(run, item));
    const unsolved = accuracy.filter((value) => value === 0).length;
    return {
      ...reduceToColumns(
        [Float64Array.from(costs), accuracy],
        ([cost, success]) => (cost === undefined || !success ? null : cost / success),
        'No answer is correct, so no price buys one.',
      ),
      notes: unsolved === 0 ? [] : [`${unsolved} of ${run.items.length} items were never solved.`],
    };
  },
};
