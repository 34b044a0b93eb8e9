import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns } from './reduction/reduction.ts';
import { columnsWithBase, toJointMeans, type JointMeans } from './run/joint-columns.ts';

/**
 * The efficiency–effectiveness equilibrium (EffiReason-Bench, arXiv 2511.10201): the weighted harmonic mean of the ratio of
 * odds and the ratio of lengths against a base, weighted by the base's accuracy. Null for accuracies of 0 or 1, whose odds
 * have no ratio, and for lengths of 0.
 */
export function efficiencyEffectiveness(run: JointMeans, base: JointMeans): number | null {
  const isInside = ({ accuracy }: JointMeans): boolean => accuracy > 0 && accuracy < 1;
  if (!isInside(run) || !isInside(base) || run.tokens <= 0 || base.tokens <= 0) return null;
  const odds = run.accuracy / (1 - run.accuracy) / (base.accuracy / (1 - base.accuracy));
  const lengths = base.tokens / run.tokens;
  return 1 / (base.accuracy / odds + (1 - base.accuracy) / lengths);
}

export const e3: Metric<Record<string, never>> = {
  id: 'e3',
  version: 1,
  label: 'E³',
  description:
    'Harmonic mean of the gain in odds of being correct and of the gain in length against the base run; 1 for the base itself. All right or all wrong has no odds: half an item is added to each side then, and a note says so.',
  formula: '1 / (A₀/r_acc + (1 − A₀)/r_tok); r_acc = [A/(1−A)] / [A₀/(1−A₀)], r_tok = T₀/T',
  source: 'EffiReason-Bench (arXiv 2511.10201), with ρ = −1 and w = A₀',
  direction: 'higher',
  unit: 'score',
  needs: ['tokens', 'base-run'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: z.strictObject({}),
  ofMeans: (_options, { own, base }) => (base === null ? null : efficiencyEffectiveness(own, base)),
  reduce(run, _options, { base }) {
    const columns = columnsWithBase(run, base);
    if ('reason' in columns) return columns;
    const items = run.items.length;
    const reduction = reduceToColumns(
      columns,
      (means) => {
        const [own, other] = [toJointMeans(means), toJointMeans(means, 3)];
        if (own === null || other === null) return null;
        return efficiencyEffectiveness(clamp(own, items), clamp(other, items));
      },
      'A run of zero tokens has no ratio of lengths.',
    );
    const isClamped = [columns[0], columns[3]].some(
      (column) => column !== undefined && (column.every(isZero) || column.every(isOne)),
    );
    return isClamped
      ? { ...reduction, notes: ['An accuracy of 0 or 1 was moved inside by half an item.'] }
      : reduction;
  },
};

const isZero = (value: number): boolean => value === 0;
const isOne = (value: number): boolean => value === 1;

/** (c + ½) / (n + 1) where the odds would be zero or infinite. */
function clamp({ accuracy, tokens }: JointMeans, items: number): JointMeans {
  const isInside = accuracy > 0 && accuracy < 1;
  return { tokens, accuracy: isInside ? accuracy : (accuracy * items + 0.5) / (items + 1) };
}
