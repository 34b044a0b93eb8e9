import type { Metric } from './metric.ts';
import { reduceToColumns, reduceToMean, unavailable } from './reduction/reduction.ts';
import { cutNotes, itemMeanLengths, LengthOptions } from './run/lengths.ts';

/** Mean length, items first (LASER, arXiv 2505.15612 reports it next to avg@k). */
export const meanTokens: Metric<LengthOptions> = {
  id: 'mean-tokens',
  version: 1,
  label: 'Mean tokens',
  description:
    'Mean length of an answer, averaged within each item first; of all, of correct or of other answers, in total or the reasoning or answer part alone. Items without such an answer are left out.',
  formula: '(1/n) Σᵢ (1/Kᵢ) Σₖ Lᵢₖ',
  source: 'LASER (arXiv 2505.15612)',
  direction: 'lower',
  unit: 'tokens',
  needs: ['tokens'],
  isPoolDependent: false,
  intervalMethod: 'item-means',
  options: LengthOptions,
  reduce(run, options) {
    const { means, known, knownCount } = itemMeanLengths(run.items, options);
    if (knownCount === 0) return unavailable('No answer of this kind has a known length.');
    const notes = cutNotes(run);
    if (knownCount === run.items.length)
      return { ...reduceToMean(means, { isShare: false, isSingleSample: false }), notes };
    const values = means.filter((_, item) => known[item] === 1);
    return {
      ...reduceToColumns([means, known], ([length, share]) =>
        length === undefined || !share ? null : length / share,
      ),
      items: knownCount,
      itemMeans: { values, isShare: false, isSingleSample: false },
      notes,
    };
  },
};
