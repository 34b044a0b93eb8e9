import type { Metric } from './metric.ts';
import { reduceToColumns, unavailable } from './reduction/reduction.ts';
import { itemLengths, LengthOptions, meanOf } from './run/lengths.ts';

/** The exponential of the mean logarithm, items first. A length of zero has no logarithm and is left out. */
export const geometricMeanTokens: Metric<LengthOptions> = {
  id: 'geometric-mean-tokens',
  version: 1,
  label: 'Geometric mean of tokens',
  description:
    'The typical length on a logarithmic scale, where twice as long and half as long cancel out. Items first; answers of zero tokens are left out.',
  formula: 'exp((1/n) Σᵢ (1/Kᵢ) Σₖ ln Lᵢₖ)',
  source: 'Textbook definition',
  direction: 'lower',
  unit: 'tokens',
  needs: ['tokens'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: LengthOptions,
  reduce(run, options) {
    const logs = run.items.map((item) =>
      itemLengths(item, options)
        .filter((length) => length > 0)
        .map(Math.log),
    );
    if (logs.every((values) => values.length === 0))
      return unavailable('No answer of this kind has a known length above zero.');
    const means = Float64Array.from(logs, (values) => (values.length === 0 ? 0 : meanOf(values)));
    const known = Float64Array.from(logs, (values) => (values.length === 0 ? 0 : 1));
    return reduceToColumns([means, known], ([log, share]) =>
      log === undefined || !share ? null : Math.exp(log / share),
    );
  },
};
