import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns, unavailable } from './reduction/reduction.ts';

/** Mean length of the answers that the model ended itself, over samples (SimpleRL-Zoo, arXiv 2503.18892, section 2). */
export const averageStoppedTokens: Metric<Record<string, never>> = {
  id: 'average-stopped-tokens',
  version: 1,
  label: 'Average stopped length',
  description:
    'Mean length of the answers that the model ended by itself, over all such samples. Beside the mean length it shows how much cut answers move that mean.',
  formula: 'Σ L over finish = stop / #(finish = stop)',
  source: 'SimpleRL-Zoo (arXiv 2503.18892), section 2',
  direction: 'lower',
  unit: 'tokens',
  needs: ['tokens', 'finish-reasons'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: z.strictObject({}),
  reduce(run) {
    const lengths = run.items.map(({ samples }) =>
      samples
        .filter(({ finishReason, outcome }) => finishReason === 'stop' && outcome !== 'error')
        .map(({ tokens }) => tokens)
        .filter((tokens) => tokens !== null),
    );
    if (lengths.every((values) => values.length === 0))
      return unavailable('No answer of known length is known to have ended by itself.');
    return reduceToColumns(
      [
        Float64Array.from(lengths, (values) => values.reduce((sum, value) => sum + value, 0)),
        Float64Array.from(lengths, (values) => values.length),
      ],
      ([sum, count]) => (sum === undefined || !count ? null : sum / count),
    );
  },
};
