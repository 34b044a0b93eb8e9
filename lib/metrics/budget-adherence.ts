import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns, unavailable } from './reduction/reduction.ts';
import { cutNotes, meanOf } from './run/lengths.ts';
import type { MetricItem } from './run/run-samples.ts';

/** How far a length is from the length asked for, as one number a sample. */
const MEASURES = {
  'relative-error': (length: number, asked: number) => Math.abs(length - asked) / asked,
  'signed-error': (length: number, asked: number) => (length - asked) / asked,
  'squared-error': (length: number, asked: number) => ((length - asked) / asked) ** 2,
  'over-rate': (length: number, asked: number) => Number(length > asked),
  'soft-violation': (length: number, asked: number) => Number(length > 1.1 * asked),
} as const;

const Options = z.strictObject({
  /** `squared-error` is reported as its root. `soft-violation` allows ten percent. */
  measure: z
    .enum(['relative-error', 'signed-error', 'squared-error', 'over-rate', 'soft-violation'])
    .default('relative-error'),
});

/** How well a run keeps to the length that its prompts ask for (L1, arXiv 2503.04697); items first. */
export const budgetAdherence: Metric<z.infer<typeof Options>> = {
  id: 'budget-adherence',
  version: 1,
  label: 'Budget adherence',
  description:
    'Distance between the length of an answer and the length its prompt asks for: relative error by default, or the signed error, the root of the squared error, the share over the budget, or the share more than ten percent over it.',
  formula: 'mean |L − n| / n; mean (L − n)/n; √mean ((L − n)/n)²; P(L > n); P(L > 1.1 n)',
  source: 'L1 (arXiv 2503.04697); signed, squared and soft forms are our own',
  direction: 'lower',
  unit: 'ratio',
  needs: ['tokens', 'requested-length'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce(run, { measure }) {
    const byItem = run.items.map((item) => distances(item, MEASURES[measure]));
    if (byItem.every((values) => values.length === 0))
      return unavailable('No answer has both a known length and a length that was asked for.');
    const means = Float64Array.from(byItem, (values) => (values.length === 0 ? 0 : meanOf(values)));
    const known = Float64Array.from(byItem, (values) => Number(values.length > 0));
    return {
      ...reduceToColumns([means, known], ([mean, share]) => {
        if (mean === undefined || !share) return null;
        return measure === 'squared-error' ? Math.sqrt(mean / share) : mean / share;
      }),
      notes: cutNotes(run),
    };
  },
};

/** A budget of zero has no relative error and is left out. */
function distances(item: MetricItem, measure: (length: number, asked: number) => number): number[] {
  return item.samples.flatMap(({ tokens, requestedTokens, outcome }) =>
    tokens === null || !requestedTokens || outcome === 'error'
      ? []
      : [measure(tokens, requestedTokens)],
  );
}
