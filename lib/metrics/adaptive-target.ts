import { z } from 'zod';

import type { Metric } from './metric.ts';
import { unavailable } from './reduction/reduction.ts';
import { adaptiveTargetOf, certainCorrectOf } from './run/expected-correct.ts';
import { BANDS, partsByBand } from './run/run-parts.ts';
import { expectedSamples } from './run/run-samples.ts';

const Options = z
  .strictObject({
    band: z.enum(BANDS).default('medium'),
    lower: z.int().min(1).default(1024),
    upper: z.int().min(1).max(1_000_000).default(16_384),
    interval: z.int().min(16).default(1024),
    /** `ceil` as in the paper: 6, 3 and 1 of 8 samples; `floor` as in the programme: 5, 2 and 1. */
    rounding: z.enum(['ceil', 'floor']).default('ceil'),
  })
  .refine(({ lower, upper }) => lower <= upper, 'lower must not be above upper');

/** LASER-D's target length for one band of difficulty (arXiv 2505.15612). */
export const adaptiveTarget: Metric<z.infer<typeof Options>> = {
  id: 'adaptive-target',
  version: 1,
  label: 'Adaptive target length',
  description:
    'The length that LASER-D would aim for in one band of difficulty: the shortest at which one correct response is expected. It selects a target and says nothing of quality. Comes with the curves of coverage and expected correct responses.',
  formula: 'min{l : P(L ≤ l) · |C| ≥ 1}, else the longest response',
  source: 'LASER-D (arXiv 2505.15612)',
  direction: 'none',
  unit: 'tokens',
  needs: ['tokens', 'repeats'],
  isPoolDependent: false,
  intervalMethod: 'none',
  options: Options,
  reduce(run, { band, lower, upper, interval, rounding }) {
    const samples = run.items.map((item) => expectedSamples(run, item));
    const least = Math.min(...samples);
    if (least < 4) return unavailable('Bands of difficulty need at least four samples an item.');
    if (Math.max(...samples) !== least)
      return unavailable('Items differ in their number of samples.');
    const part = partsByBand(run)[band];
    const lengths = part.items
      .flatMap((item) => item.samples)
      .filter(({ outcome }) => outcome !== 'error')
      .map(({ tokens }) => tokens)
      .filter((tokens) => tokens !== null);
    const certainCorrect = certainCorrectOf(band, least, rounding);
    const result = adaptiveTargetOf(
      { lengths, certainCorrect },
      { lower, upper, interval },
      rounding === 'floor' ? 'floor' : 'none',
    );
    if (result === null)
      return unavailable(`No item of the ${band} band has a response of known length.`);
    return {
      items: part.items.length,
      evaluate: () => result.target,
      undefinedReason: '',
      curves: [
        { label: 'Share of responses within the length', points: result.coverage },
        { label: 'Expected correct responses', points: result.expectedCorrect },
      ],
    };
  },
};
