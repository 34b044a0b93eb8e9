import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToSampleMean } from './reduction/sample-mean.ts';
import type { MetricSample } from './run/run-samples.ts';

/**
 * ξ_P: the tokens of solutions that bring a new strategy over all tokens (Chen et al. 2024, arXiv 2412.21187, section 2).
 * Whether a solution is correct plays no part. Null without a split into grouped solutions.
 */
export function newStrategyShare({ trace }: MetricSample): number | null {
  if (!trace?.solutions || trace.tokens <= 0) return null;
  const seen = new Set<string | number>();
  let fresh = 0;
  for (const { cluster, tokens } of trace.solutions) {
    if (cluster === null) return null;
    if (!seen.has(cluster)) fresh += tokens;
    seen.add(cluster);
  }
  return Math.min(1, fresh / trace.tokens);
}

export const processEfficiency: Metric<Record<string, never>> = {
  id: 'process-efficiency',
  version: 1,
  label: 'Process efficiency ξ_P',
  description:
    'Share of the trace spent on solutions that follow a strategy not seen before in it. Needs solutions that were split and grouped, by a judge or by hand.',
  formula: '(1/N) Σ D / T, D the tokens of first solutions of their strategy',
  source: 'Chen et al. 2024 (arXiv 2412.21187), section 2',
  direction: 'higher',
  unit: 'share',
  needs: ['trace', 'solutions'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: z.strictObject({}),
  reduce: (run) =>
    reduceToSampleMean(
      run,
      newStrategyShare,
      'No trace of this run was split into grouped solutions.',
    ),
};
