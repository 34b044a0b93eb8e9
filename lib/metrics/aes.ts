import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns } from './reduction/reduction.ts';
import { columnsWithBase, toJointMeans, type JointMeans } from './run/joint-columns.ts';

const Options = z.strictObject({
  alpha: z.number().default(1),
  beta: z.number().default(3),
  gamma: z.number().default(5),
});
export type AesWeights = z.infer<typeof Options>;

/**
 * The accuracy–efficiency score against a base (O1-Pruner, arXiv 2501.12570): the share of tokens saved, plus
 * β times a gain or minus γ times a loss of relative accuracy. Null for a base without accuracy or length.
 */
export function accuracyEfficiencyScore(
  run: JointMeans,
  base: JointMeans,
  { alpha, beta, gamma }: AesWeights = Options.parse({}),
): number | null {
  if (base.accuracy === 0 || base.tokens === 0) return null;
  const saved = (base.tokens - run.tokens) / base.tokens;
  const gained = (run.accuracy - base.accuracy) / base.accuracy;
  return alpha * saved + (gained >= 0 ? beta : gamma) * gained;
}

export const aes: Metric<AesWeights> = {
  id: 'aes',
  version: 1,
  label: 'AES',
  description:
    'Share of tokens saved against the base run, plus three times a relative gain of accuracy or minus five times a loss. Unbounded below for runs much longer than their base; the weights belong to the value.',
  formula: 'α·ΔL + β·ΔA if ΔA ≥ 0, else α·ΔL − γ·|ΔA|; ΔL = (L₀ − L)/L₀, ΔA = (A − A₀)/A₀',
  source: 'O1-Pruner (arXiv 2501.12570)',
  direction: 'higher',
  unit: 'score',
  needs: ['tokens', 'base-run'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  ofMeans: (weights, { own, base }) =>
    base === null ? null : accuracyEfficiencyScore(own, base, weights),
  reduce(run, weights, { base }) {
    const columns = columnsWithBase(run, base);
    if ('reason' in columns) return columns;
    return reduceToColumns(
      columns,
      (means) => {
        const [own, other] = [toJointMeans(means), toJointMeans(means, 3)];
        return own === null || other === null ? null : accuracyEfficiencyScore(own, other, weights);
      },
      'The base run has no correct answer or no tokens.',
    );
  },
};
