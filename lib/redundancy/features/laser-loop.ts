import { firstOccurrences, hashNgrams } from '../scan/ngrams.ts';
import type { Feature } from './feature.ts';

/**
 * Where LASER's n-gram rule sees a repetition begin, or null (arXiv 2505.15612, reward code): n = 2 below 30 tokens, 3 below
 * 100, else 4; from the end, an n-gram that occurs twice (three times from 200 tokens on) with two neighbours closer than a
 * third of the length; else any run of 2n that occurs twice. Runs of one token thrice or more do not count.
 */
export function laserLoopStart(tokens: Int32Array): number | null {
  const { length } = tokens;
  if (length <= 8) return null;
  const n = length < 30 ? 2 : length < 100 ? 3 : 4;
  const threshold = length < 200 ? 2 : 3;
  const near = Math.floor(length / 3);
  const ids = identify(tokens, n);
  const counts = new Int32Array(ids.length);
  const nearest = new Int32Array(ids.length).fill(length);
  const lastSeen = new Int32Array(ids.length);
  for (let i = ids.length - 1; i >= 0; i -= 1) {
    if (n > 2 && isUniform(tokens, i, n)) continue;
    const id = ids[i] ?? 0;
    const count = (counts[id] ?? 0) + 1;
    counts[id] = count;
    if (count > 1) nearest[id] = Math.min(nearest[id] ?? length, (lastSeen[id] ?? 0) - i);
    lastSeen[id] = i;
    if (count >= threshold && (nearest[id] ?? length) < near) return i;
  }
  return length >= 4 * n ? doubledRun(tokens, 2 * n) : null;
}

/** Scanning from the end, the first run met a second time: the latest position whose run occurs again later. */
function doubledRun(tokens: Int32Array, size: number): number | null {
  const ids = identify(tokens, size);
  const seen = new Uint8Array(ids.length);
  for (let i = ids.length - 1; i >= 0; i -= 1) {
    const id = ids[i] ?? 0;
    if (seen[id] === 1) return i;
    seen[id] = 1;
  }
  return null;
}

/** For each run of `size` tokens the position of the first equal one. */
function identify(tokens: Int32Array, size: number): Int32Array {
  return firstOccurrences(hashNgrams({ count: tokens.length, hashes: tokens }, size));
}

function isUniform(tokens: Int32Array, start: number, size: number): boolean {
  for (let i = start + 1; i < start + size; i += 1) if (tokens[i] !== tokens[start]) return false;
  return true;
}

export const laserLoop: Feature = {
  id: 'laser-loop',
  version: 1,
  label: 'Repetition by the rule of LASER',
  description:
    'Whether the n-gram rule of LASER sees a repetition, 1 or 0. Over words, where the original has tokens. It is a very sensitive rule: most long traces set a phrase of four words down three times.',
  unit: 'share',
  measure: ({ words }) => Number(laserLoopStart(words.hashes.subarray(0, words.count)) !== null),
};
