import { hashWord, type WordScan } from '../scan/words.ts';
import * as lists from './lists.ts';

const FILTER_SIZE = 4096;

/** 1 where some list has a phrase whose first word hashes there. */
const FILTER = new Uint8Array(FILTER_SIZE);
for (const { words } of Object.values(lists))
  for (const phrase of words) FILTER[hashWord(firstWord(phrase)) & (FILTER_SIZE - 1)] = 1;

export function firstWord(phrase: string): string {
  return phrase.split(/[ -]/u)[0] ?? '';
}

/** Whether a phrase can be found among the candidates: only the lists of `lists.ts` are in the filter. */
export function isCandidate(hash: number): boolean {
  return FILTER[hash & (FILTER_SIZE - 1)] === 1;
}

/** The words at which a phrase of any list may begin, a few in a hundred: each list then looks at these alone. */
export function findCandidates({ count, hashes }: WordScan): Int32Array {
  let candidates = new Int32Array(64);
  let found = 0;
  for (let word = 0; word < count; word += 1) {
    if (FILTER[(hashes[word] ?? 0) & (FILTER_SIZE - 1)] === 0) continue;
    if (found === candidates.length) {
      const larger = new Int32Array(2 * found);
      larger.set(candidates);
      candidates = larger;
    }
    candidates[found] = word;
    found += 1;
  }
  return candidates.subarray(0, found);
}
