import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns, unavailable } from './reduction/reduction.ts';
import { correctLengths, itemShares } from './run/budget-curve.ts';
import { alignItems, hasSameItems, type RunSamples } from './run/run-samples.ts';

const Options = z.strictObject({
  /** Ascending; published with the value, because the value depends on them. */
  budgets: z
    .array(z.number().positive())
    .min(1)
    .max(64)
    .refine((budgets) => budgets.every((budget, i) => i === 0 || budget > (budgets[i - 1] ?? 0)), {
      message: 'Budgets must ascend.',
    })
    .default([512, 1024, 2048, 4096, 8192, 16_384, 32_768]),
  /** `trapezoid` weighs by the distance of neighbouring budgets; `sum` is the formula as printed. */
  weights: z.enum(['trapezoid', 'sum']).default('trapezoid'),
});

/**
 * The reasoning efficiency gap (REO-RL, arXiv 2506.07104): how far a run stays below the best of the pool at each budget. With
 * trapezoid weights that add up to 1 it is a mean gap in accuracy, whatever the grid.
 */
export const reg: Metric<z.infer<typeof Options>> = {
  id: 'reg',
  version: 2,
  label: 'Reasoning efficiency gap',
  description:
    'Mean distance in accuracy to the best run of the pool over a grid of hard budgets; 0 for a run that is best at every budget. Changes when runs join the pool.',
  formula: 'Σ_B w_B [max over runs of A(B) − A(B)]',
  source: 'REO-RL (arXiv 2506.07104)',
  direction: 'lower',
  unit: 'share',
  needs: ['tokens', 'pool'],
  isPoolDependent: true,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce(run, { budgets, weights: kind }, { pool }) {
    const own = budgetColumns(run, run, budgets);
    if (own === null) return unavailable('Some correct answers have no known length.');
    if (!pool.every((other) => hasSameItems(run, other)))
      return unavailable('The runs of the pool do not answer the same items.');
    const others = pool.filter((other) => other !== run);
    if (others.length === 0) return unavailable('The pool has no other run to be compared with.');
    const columns = others.map((other) => budgetColumns(run, other, budgets));
    const usable = columns.filter((column) => column !== null);
    const weights = kind === 'sum' ? budgets.map(() => 1) : trapezoidWeights(budgets);
    const skipped = columns.length - usable.length;
    return {
      ...reduceToColumns([...own, ...usable.flat()], (means) =>
        weights.reduce((gap, weight, budget) => {
          const accuracy = means[budget] ?? 0;
          let best = accuracy;
          for (let at = budget; at < means.length; at += budgets.length)
            best = Math.max(best, means[at] ?? 0);
          return gap + weight * (best - accuracy);
        }, 0),
      ),
      notes: [
        `The pool is ${usable.length + 1} runs.`,
        ...(skipped === 0
          ? []
          : [`${skipped} runs of the pool have answers of unknown length and were left out.`]),
      ],
    };
  },
};

/** One column a budget in the item order of `run`; null when a correct answer has no length. */
function budgetColumns(
  run: RunSamples,
  other: RunSamples,
  budgets: readonly number[],
): Float64Array[] | null {
  const lengths = correctLengths(other, alignItems(run, other));
  if ('reason' in lengths) return null;
  return budgets.map((budget) => itemShares(lengths, (length) => Number(length <= budget)));
}

function trapezoidWeights(budgets: readonly number[]): number[] {
  const [first = 0, last = 0] = [budgets[0], budgets.at(-1)];
  if (budgets.length === 1) return [1];
  return budgets.map((budget, i) => {
    const before = budgets[i - 1] ?? budget;
    const after = budgets[i + 1] ?? budget;
    return (after - before) / 2 / (last - first);
  });
}
