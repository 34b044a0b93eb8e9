import { z } from 'zod';

import { isCorrect, type MetricItem, type MetricSample, type RunSamples } from './run-samples.ts';

/** Which tokens of which answers a length metric reads. */
export const LengthOptions = z.strictObject({
  part: z.enum(['total', 'reasoning', 'answer']).default('total'),
  /** `other`: every answer that is not correct. */
  outcome: z.enum(['all', 'correct', 'other']).default('all'),
});
export type LengthOptions = z.infer<typeof LengthOptions>;

/** The known lengths of one item, in order of its samples. A failed request has no length. */
export function itemLengths(
  item: MetricItem,
  { part, outcome }: LengthOptions = { part: 'total', outcome: 'all' },
): number[] {
  return item.samples
    .filter((sample) => sample.outcome !== 'error')
    .filter((sample) => outcome === 'all' || isCorrect(sample) === (outcome === 'correct'))
    .map((sample) => lengthOf(sample, part))
    .filter((length) => length !== null);
}

export function lengthOf(sample: MetricSample, part: LengthOptions['part']): number | null {
  if (part === 'reasoning') return sample.reasoningTokens;
  return part === 'answer' ? sample.answerTokens : sample.tokens;
}

/** Mean length of every item that has one, with its position. Items first: an item with many samples weighs no more. */
export interface ItemMeanLengths {
  /** 0 where unknown. */
  means: Float64Array;
  /** 1 where known, else 0. */
  known: Float64Array;
  knownCount: number;
}

export function itemMeanLengths(
  items: readonly MetricItem[],
  options?: LengthOptions,
): ItemMeanLengths {
  const means = new Float64Array(items.length);
  const known = new Float64Array(items.length);
  let knownCount = 0;
  items.forEach((item, position) => {
    const lengths = itemLengths(item, options);
    if (lengths.length === 0) return;
    means[position] = meanOf(lengths);
    known[position] = 1;
    knownCount += 1;
  });
  return { means, known, knownCount };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Says that a mean is a lower bound when answers were cut. */
export function cutNotes(run: RunSamples): string[] {
  const cut = run.items.flatMap(({ samples }) => samples.filter(isCut)).length;
  if (cut === 0) return [];
  return [
    `${cut} ${cut === 1 ? 'answer was' : 'answers were'} cut at the token limit, so this is a lower bound.`,
  ];
}

export function isCut({ finishReason }: MetricSample): boolean {
  return finishReason === 'length';
}
