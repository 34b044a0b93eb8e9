import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns, unavailable } from './reduction/reduction.ts';
import { isCut } from './run/lengths.ts';

/** Share of answers cut at the token limit (SimpleRL-Zoo, arXiv 2503.18892, section 2). */
export const clipRatio: Metric<Record<string, never>> = {
  id: 'clip-ratio',
  version: 1,
  label: 'Clip ratio',
  description:
    'Share of the answers that were cut at the token limit, of those whose finish reason is known. Above zero every mean length is a lower bound.',
  formula: '#(finish = length) / #(finish known)',
  source: 'SimpleRL-Zoo (arXiv 2503.18892), section 2',
  direction: 'lower',
  unit: 'share',
  needs: ['finish-reasons'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: z.strictObject({}),
  reduce(run) {
    const known = run.items.map(({ samples }) =>
      samples.filter(
        ({ finishReason, outcome }) => finishReason !== 'unknown' && outcome !== 'error',
      ),
    );
    if (known.every((samples) => samples.length === 0))
      return unavailable('The source does not say how its answers ended.');
    return reduceToColumns(
      [
        Float64Array.from(known, (samples) => samples.filter(isCut).length),
        Float64Array.from(known, (samples) => samples.length),
      ],
      ([cut, all]) => (cut === undefined || !all ? null : cut / all),
    );
  },
};
