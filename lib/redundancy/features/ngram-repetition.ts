import type { TextScan } from '../scan/text-scan.ts';
import type { Feature } from './feature.ts';

/** 1 − distinct ÷ all runs of n words (Yeo et al. 2025, arXiv 2502.03373). 0 for a text of fewer than n words. */
export function repeatedNgramShare(scan: TextScan, n: number): number {
  const first = scan.ngrams(n);
  if (first.length === 0) return 0;
  let repeated = 0;
  for (let i = 0; i < first.length; i += 1) if (first[i] !== i) repeated += 1;
  return repeated / first.length;
}

export const ngramRepetition: Feature = {
  id: 'ngram-repetition',
  version: 1,
  label: 'Repeated 20-grams',
  description:
    'Share of the runs of 20 words that occurred before in the same text; 0 for texts of fewer words.',
  unit: 'share',
  measure: (scan) => repeatedNgramShare(scan, 20),
};
