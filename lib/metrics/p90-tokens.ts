import type { Metric } from './metric.ts';
import { reduceToQuantile } from './reduction/pooled-quantile.ts';
import { itemLengths, LengthOptions } from './run/lengths.ts';

/** A quantile of all sample lengths (Hyndman and Fan 1996, type 7). */
export const p90Tokens: Metric<LengthOptions> = {
  id: 'p90-tokens',
  version: 1,
  label: '90th percentile of tokens',
  description:
    'The length that nine in ten answers do not exceed, over all samples: what a budget must allow.',
  formula: '90th percentile of all Lᵢₖ',
  source: 'Hyndman and Fan 1996, type 7',
  direction: 'lower',
  unit: 'tokens',
  needs: ['tokens'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: LengthOptions,
  reduce: (run, options) =>
    reduceToQuantile(
      run.items.map((item) => itemLengths(item, options)),
      0.9,
    ),
};
