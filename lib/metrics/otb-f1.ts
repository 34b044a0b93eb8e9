import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToColumns, unavailable } from './reduction/reduction.ts';
import { itemAccuracy } from './run/run-samples.ts';
import { thinkingAreas } from './run/thinking-areas.ts';

/** The harmonic mean of both halves of OptimalThinkingBench (arXiv 2508.13141); 0 when both are 0. */
export function optimalThinkingF1(area: number, accuracy: number): number {
  return area + accuracy === 0 ? 0 : (2 * area * accuracy) / (area + accuracy);
}

const Options = z.strictObject({
  maxTokens: z.number().positive().default(1000),
  /** The group label that tells the subsets apart, and the values of the two. */
  group: z.string().min(1).default('subset'),
  overthinking: z.string().min(1).default('overthinking'),
  underthinking: z.string().min(1).default('underthinking'),
});

export const otbF1: Metric<z.infer<typeof Options>> = {
  id: 'otb-f1',
  version: 1,
  label: 'OptimalThinkingBench F1',
  description:
    'Harmonic mean of AUC_OAA on simple questions and accuracy on hard ones: high only for a model that thinks exactly where it pays.',
  formula: '2 · AUC · A_ut / (AUC + A_ut)',
  source: 'OptimalThinkingBench (arXiv 2508.13141)',
  direction: 'higher',
  unit: 'share',
  needs: ['reasoning-tokens'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce(run, { maxTokens, group, overthinking, underthinking }) {
    const isOver = run.items.map(({ groups }) => groups[group] === overthinking);
    const isUnder = run.items.map(({ groups }) => groups[group] === underthinking);
    if (!isOver.includes(true) || !isUnder.includes(true))
      return unavailable(
        `The items are not grouped by "${group}" into "${overthinking}" and "${underthinking}".`,
      );
    const simple = { ...run, items: run.items.filter((_, item) => isOver[item]) };
    const areas = thinkingAreas(simple, maxTokens);
    if ('reason' in areas) return areas;
    let next = 0;
    const area = isOver.map((over) => (over ? (areas.byItem[next++] ?? 0) : 0));
    const accuracy = run.items.map((item, i) => (isUnder[i] ? itemAccuracy(run, item) : 0));
    return reduceToColumns(
      [area, isOver.map(Number), accuracy, isUnder.map(Number)].map((column) =>
        Float64Array.from(column),
      ),
      ([areaSum = 0, over = 0, accuracySum = 0, under = 0]) =>
        over === 0 || under === 0 ? null : optimalThinkingF1(areaSum / over, accuracySum / under),
    );
  },
};
