import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns, unavailable } from './reduction/reduction.ts';
import { columnsWithBase, toJointMeans } from './run/joint-columns.ts';
import { itemMeanLengths } from './run/lengths.ts';
import { alignItems, hasSameItems } from './run/run-samples.ts';

const Options = z.strictObject({
  /** `geometric`: mean of item ratios on the log scale. `ratio-of-means`: the compression ratio of TokenSkip. */
  aggregate: z.enum(['geometric', 'ratio-of-means']).default('geometric'),
});

/** Length against the base run, item by item (geometric), or mean length over mean length (TokenSkip, arXiv 2502.12067). */
export const normalisedTokens: Metric<z.infer<typeof Options>> = {
  id: 'normalised-tokens',
  version: 1,
  label: 'Normalised length',
  description:
    'Length as a share of the base run. By default the geometric mean of the item ratios, where every item weighs the same; as ratio of means long items dominate.',
  formula: 'exp((1/n) Σᵢ ln(Lᵢ / L₀ᵢ)), or L / L₀',
  source: 'TokenSkip (arXiv 2502.12067) for the ratio of means; geometric form is our own',
  direction: 'lower',
  unit: 'ratio',
  needs: ['tokens', 'base-run'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  ofMeans: ({ aggregate }, { own, base }) =>
    aggregate === 'geometric' || base === null || base.tokens === 0
      ? null
      : own.tokens / base.tokens,
  reduce(run, { aggregate }, { base }) {
    if (aggregate === 'ratio-of-means') {
      const columns = columnsWithBase(run, base);
      if ('reason' in columns) return columns;
      return reduceToColumns(
        columns,
        (means) => {
          const [own, other] = [toJointMeans(means), toJointMeans(means, 3)];
          return own === null || other === null || other.tokens === 0
            ? null
            : own.tokens / other.tokens;
        },
        'The base run has no tokens.',
      );
    }
    if (base === null || !hasSameItems(run, base))
      return unavailable('The run and its base do not answer the same items.');
    const own = itemMeanLengths(run.items);
    const other = itemMeanLengths(alignItems(run, base));
    const known = own.means.map((mean, item) => Number(mean > 0 && (other.means[item] ?? 0) > 0));
    const logs = own.means.map((mean, item) =>
      known[item] === 1 ? Math.log(mean / (other.means[item] ?? 1)) : 0,
    );
    return reduceToColumns(
      [logs, known],
      ([log, share]) => (log === undefined || !share ? null : Math.exp(log / share)),
      'No item has a known length above zero in both runs.',
    );
  },
};
