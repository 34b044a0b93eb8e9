import type { Metric } from './metric.ts';
import { reduceToQuantile } from './reduction/pooled-quantile.ts';
import { itemLengths, LengthOptions } from './run/lengths.ts';

/** A quantile of all sample lengths (Hyndman and Fan 1996, type 7). */
export const medianTokens: Metric<LengthOptions> = {
  id: 'median-tokens',
  version: 1,
  label: 'Median tokens',
  description:
    'The length that half of the answers do not exceed, over all samples. Less moved by a few very long answers than the mean.',
  formula: 'median of all Lᵢₖ',
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
      0.5,
    ),
};
