import { findCandidates } from '../keywords/candidates.ts';
import { firstOccurrences, hashNgrams } from './ngrams.ts';
import { findSteps, type Step } from './steps.ts';
import { findSuffixLoop, type SuffixLoop } from './suffix-loop.ts';
import { scanWords, type WordScan } from './words.ts';

/** What detectors and features share, so that together they read a text once. Each part is found when first asked for. */
export interface TextScan {
  readonly text: string;
  readonly words: WordScan;
  readonly steps: readonly Step[];
  readonly suffixLoop: SuffixLoop | null;
  /** Words at which a phrase of a keyword list may begin. */
  readonly keywordCandidates: Int32Array;
  /** For every run of n words the position of the first equal run, which is its own when it is new. */
  ngrams(n: number): Int32Array;
}

export function scanText(text: string): TextScan {
  let words: WordScan | null = null;
  let steps: readonly Step[] | null = null;
  let suffixLoop: SuffixLoop | null | undefined;
  let candidates: Int32Array | null = null;
  const ngrams = new Map<number, Int32Array>();
  const scan: TextScan = {
    text,
    get words() {
      return (words ??= scanWords(text));
    },
    get steps() {
      return (steps ??= findSteps(text));
    },
    get suffixLoop() {
      if (suffixLoop === undefined) suffixLoop = findSuffixLoop(text);
      return suffixLoop;
    },
    get keywordCandidates() {
      return (candidates ??= findCandidates(scan.words));
    },
    ngrams(n) {
      const known = ngrams.get(n);
      if (known !== undefined) return known;
      const found = firstOccurrences(hashNgrams(scan.words, n));
      ngrams.set(n, found);
      return found;
    },
  };
  return scan;
}
