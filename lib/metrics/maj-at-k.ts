import { z } from 'zod';

import type { Metric } from './metric.ts';
import { reduceToMean, unavailable } from './reduction/reduction.ts';
import { majorityAccuracy, type AnswerClass } from './run/majority.ts';
import { expectedSamples, isCorrect, type MetricItem } from './run/run-samples.ts';
import { successCounts } from './run/success-counts.ts';

const Options = z.strictObject({
  /** Null votes with all samples. More than 1,000 would overflow the exact counting. */
  k: z.int().min(1).max(1000).nullable().default(null),
  /** Whether an answer that was not found votes for "no answer". */
  emptyVotes: z.boolean().default(false),
});

/**
 * Accuracy of the majority vote (self-consistency, arXiv 2203.11171). Classes of equal answers are handed in;
 * ties count their expected value, and k below the number of samples is the exact mean over all choices of k.
 */
export const majAtK: Metric<z.infer<typeof Options>> = {
  id: 'maj-at-k',
  version: 1,
  label: 'maj@k',
  description:
    'Accuracy of the most frequent answer among k samples. Equal answers are grouped by the verifier, not by their text; ties count their expected value; answers that were not found do not vote by default.',
  formula: '(1/n) Σᵢ P(the modal answer of k samples is correct)',
  source: 'Wang et al. 2022 (arXiv 2203.11171)',
  direction: 'higher',
  unit: 'share',
  needs: ['repeats', 'answer-classes'],
  isPoolDependent: false,
  intervalMethod: 'bootstrap-items',
  options: Options,
  reduce(run, { k, emptyVotes }) {
    const counts = successCounts(run, k ?? 1);
    if ('reason' in counts) return counts;
    if (Math.max(...counts.samples) > 1000)
      return unavailable('An item has more than 1,000 samples, too many to count exactly.');
    const samples = run.items.flatMap((item) => item.samples);
    if (!samples.some(({ answerClass }) => answerClass !== null))
      return unavailable('The answers of this run were not grouped.');
    if (samples.some((sample) => isCorrect(sample) && sample.answerClass === null))
      return unavailable('Some correct answers were not grouped.');
    return reduceToMean(
      run.items.map((item) => {
        const expected = expectedSamples(run, item);
        const { classes, silent } = countVotes(item, expected, emptyVotes);
        return majorityAccuracy(classes, silent, k ?? expected);
      }),
      { isShare: true, isSingleSample: false },
    );
  },
};

function countVotes(
  item: MetricItem,
  expected: number,
  emptyVotes: boolean,
): { classes: AnswerClass[]; silent: number } {
  const classes = new Map<string, AnswerClass>();
  for (const sample of item.samples) {
    if (sample.answerClass === null) continue;
    const known = classes.get(sample.answerClass);
    if (known === undefined)
      classes.set(sample.answerClass, { size: 1, isCorrect: isCorrect(sample) });
    else known.size += 1;
  }
  const voted = [...classes.values()].sort(bySize);
  const silent = expected - voted.reduce((sum, { size }) => sum + size, 0);
  if (!emptyVotes || silent === 0) return { classes: voted, silent };
  return { classes: [...voted, { size: silent, isCorrect: false }], silent: 0 };
}

/** A fixed order, so that sums do not depend on the order of the samples. */
function bySize(a: AnswerClass, b: AnswerClass): number {
  return a.size - b.size || Number(a.isCorrect) - Number(b.isCorrect);
}
