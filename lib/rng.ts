/** A seeded source of numbers: equal on every platform, passed in wherever chance is needed. */
export interface Rng {
  /** A 32-bit unsigned integer. */
  uint32(): number;
  /** Uniform in [0, 1) with 53 bits. */
  float(): number;
  /** A uniform integer in [0, bound); bound from 1 to 2^32. */
  below(bound: number): number;
  /** A uniform integer in [low, high], both included. */
  between(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
  /** A new array in random order (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
}

/** Key parts are hashed together, so neighbouring seeds share nothing. xmur3 seeds sfc32 (public-domain generators). */
export function createRng(...key: readonly (string | number)[]): Rng {
  const text = key.map((part) => `${typeof part}:${part}`).join('\u0000');
  const seed = hashWords(text);
  let a = seed();
  let b = seed();
  let c = seed();
  let counter = seed();
  const uint32 = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i += 1) uint32();

  const below = (bound: number): number => {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`A bound from 1 to 2^32 is needed, not ${bound}.`);
    }
    if (bound === 2 ** 32) return uint32();
    for (;;) {
      const value = uint32();
      // `>>> 0` keeps the remainder a whole-number operation, which is many times cheaper.
      const rest = (value % (bound >>> 0)) >>> 0;
      // Values above the last whole multiple of the bound would favour small results.
      if (value - rest <= 2 ** 32 - bound) return rest;
    }
  };

  return {
    uint32,
    float: () => ((uint32() >>> 5) * 2 ** 26 + (uint32() >>> 6)) / 2 ** 53,
    below,
    between: (low, high) => low + below(high - low + 1),
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('There is nothing to pick from.');
      return items[below(items.length)] as T;
    },
    shuffle<T>(items: readonly T[]): T[] {
      const result = [...items];
      for (let i = result.length - 1; i > 0; i -= 1) {
        const j = below(i + 1);
        [result[i], result[j]] = [result[j] as T, result[i] as T];
      }
      return result;
    },
  };
}

function hashWords(text: string): () => number {
  let h = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i += 1) {
    h = Math.imul(h ^ text.charCodeAt(i), 3432918353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2246822507);
    h = Math.imul(h ^ (h >>> 13), 3266489909);
    h ^= h >>> 16;
    return h >>> 0;
  };
}
