import type { WordScan } from './words.ts';

/** Two hashes an n-gram: with 64 bits a megabyte has no collision worth counting. */
export interface NgramHashes {
  count: number;
  first: Int32Array;
  second: Int32Array;
}

const FIRST_BASE = 0x01000193;
const SECOND_BASE = 0x5bd1e995 | 0;

/** Rolling hashes of every run of n words, in linear time whatever n is. */
export function hashNgrams(
  { count: words, hashes }: Pick<WordScan, 'count' | 'hashes'>,
  n: number,
): NgramHashes {
  const count = Math.max(0, words - n + 1);
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  const [firstOut, secondOut] = [power(FIRST_BASE, n), power(SECOND_BASE, n)];
  let a = 0;
  let b = 0;
  for (let i = 0; i < words; i += 1) {
    const added = scatter(hashes[i] ?? 0);
    a = (Math.imul(a, FIRST_BASE) + added) | 0;
    b = (Math.imul(b, SECOND_BASE) + added) | 0;
    if (i >= n) {
      const left = scatter(hashes[i - n] ?? 0);
      a = (a - Math.imul(left, firstOut)) | 0;
      b = (b - Math.imul(left, secondOut)) | 0;
    }
    if (i >= n - 1) {
      first[i - n + 1] = scatter(a);
      second[i - n + 1] = b;
    }
  }
  return { count, first, second };
}

function power(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i += 1) result = Math.imul(result, base);
  return result;
}

/** The finaliser of MurmurHash3 (public domain): low bits of products depend on low bits only. */
function scatter(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** For each n-gram the position of its first occurrence, which is its own when it is new. */
export function firstOccurrences({ count, first, second }: NgramHashes): Int32Array {
  const mask = tableSize(count) - 1;
  const slots = new Int32Array(mask + 1).fill(-1);
  const result = new Int32Array(count);
  for (let i = 0; i < count; i += 1) {
    let slot = (first[i] ?? 0) & mask;
    let found = slots[slot] ?? -1;
    while (found >= 0 && (first[found] !== first[i] || second[found] !== second[i])) {
      slot = (slot + 1) & mask;
      found = slots[slot] ?? -1;
    }
    if (found < 0) slots[slot] = i;
    result[i] = found < 0 ? i : found;
  }
  return result;
}

/** A power of two that is at most half full. */
function tableSize(count: number): number {
  let size = 16;
  while (size < 2 * count) size *= 2;
  return size;
}
