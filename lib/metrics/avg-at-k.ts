import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToMean } from './reduction/reduction.ts';
import { itemAccuracy } from './run/run-samples.ts';
import { isSingleSample } from './run/success-counts.ts';

/** Accuracy over all samples, the item as the unit (the pass@1 estimate of DeepSeek-R1, arXiv 2501.12948). */
export const avgAtK: Metric<Record<string, never>> = {
  id: 'avg-at-k',
  version: 1,
  label: 'Accuracy (avg@k)',
  description:
    'Share of correct samples, averaged within each item first. Wrong, unparsed, failed and missing samples all lack the point.',
  formula: '(1/n) Σᵢ cᵢ / Kᵢ',
  source: 'DeepSeek-R1 (arXiv 2501.12948); Miller 2024 (arXiv 2411.00640)',
  direction: 'higher',
  unit: 'share',
  needs: [],
  isPoolDependent: false,
  intervalMethod: 'item-means',
  options: z.strictObject({}),
  reduce: (run) =>
    reduceToMean(
      run.items.map((item) => itemAccuracy(run, item)),
      { isShare: true, isSingleSample: isSingleSample(run) },
    ),
};
