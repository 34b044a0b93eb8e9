import type { Rng } from '#lib/rng.ts';

/** At most this many non-zero differences are enumerated: 2^16 sign patterns cost less than 10,000 draws over many items. */
const ENUMERATED = 16;

export interface SignFlipResult {
  /** Two-sided. Null when there is no item at all. */
  p: number | null;
  /** `exact`: every sign pattern was looked at. */
  method: 'exact' | 'sampled';
  draws: number;
}

/**
 * The sign-flip permutation test of a mean difference of zero, for item means of several samples (Fisher 1935; the
 * added one of Phipson and Smyth 2010 keeps a sampled p above zero).
 */
export function signFlipTest(
  differences: ArrayLike<number>,
  options: { rng: Rng; draws?: number },
): SignFlipResult {
  if (differences.length === 0) return { p: null, method: 'exact', draws: 0 };
  const values = Float64Array.from(differences).filter((value) => value !== 0);
  let observed = 0;
  for (const value of values) observed += value;
  // Sums in another order differ in their last bits, and a tie must count as one.
  const bound = Math.abs(observed) * (1 - 1e-12) - 1e-300;
  if (values.length <= ENUMERATED) return enumerate(values, bound);
  const draws = options.draws ?? 10_000;
  const flippedSum = createFlips(values, options.rng);
  let extreme = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    if (Math.abs(flippedSum()) >= bound) extreme += 1;
  }
  return { p: (extreme + 1) / (draws + 1), method: 'sampled', draws };
}

/** The sum of the values under random signs, anew with every call. */
function createFlips(values: Float64Array, rng: Rng): () => number {
  const sizes = new Map<number, number>();
  for (const value of values) {
    const size = Math.abs(value);
    sizes.set(size, (sizes.get(size) ?? 0) + 1);
  }
  let words = 0;
  for (const count of sizes.values()) words += Math.ceil(count / 32);
  // The table reads a word for 32 values and four of its cells, which is what four words cost.
  if (words > values.length / 8) {
    const table = flipTable(values);
    return () => flippedSum(table, rng);
  }
  return () => flippedCounts(sizes, rng);
}

/** Item means of few samples take few sizes: of equal values only how many are positive matters, the ones among as many random bits. */
function flippedCounts(sizes: ReadonlyMap<number, number>, rng: Rng): number {
  let sum = 0;
  for (const [size, count] of sizes) {
    let positive = 0;
    let rest = count;
    for (; rest >= 32; rest -= 32) positive += countBits(rng.uint32());
    if (rest > 0) positive += countBits(rng.uint32() >>> (32 - rest));
    sum += size * (2 * positive - count);
  }
  return sum;
}

function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const GROUP = 8;
const PATTERNS = 2 ** GROUP;

/** The sum of each group of eight values under each of its 256 sign patterns: a draw then adds one number a group. */
function flipTable(values: Float64Array): Float64Array {
  const groups = Math.ceil(values.length / GROUP);
  const table = new Float64Array(groups * PATTERNS);
  for (let group = 0; group < groups; group += 1) {
    for (let pattern = 0; pattern < PATTERNS; pattern += 1) {
      let sum = 0;
      for (let bit = 0; bit < GROUP; bit += 1) {
        const value = values[group * GROUP + bit] ?? 0;
        sum += (pattern >>> bit) & 1 ? value : -value;
      }
      table[group * PATTERNS + pattern] = sum;
    }
  }
  return table;
}

function flippedSum(table: Float64Array, rng: Rng): number {
  let sum = 0;
  let bits = 0;
  for (let at = 0, group = 0; at < table.length; at += PATTERNS, group += 1) {
    if (group % 4 === 0) bits = rng.uint32();
    sum += table[at + (bits & (PATTERNS - 1))] ?? 0;
    bits >>>= GROUP;
  }
  return sum;
}

function enumerate(values: Float64Array, bound: number): SignFlipResult {
  const draws = 2 ** values.length;
  let extreme = 0;
  for (let pattern = 0; pattern < draws; pattern += 1) {
    let sum = 0;
    for (let i = 0; i < values.length; i += 1) {
      sum += (pattern >>> i) & 1 ? (values[i] ?? 0) : -(values[i] ?? 0);
    }
    if (Math.abs(sum) >= bound) extreme += 1;
  }
  return { p: extreme / draws, method: 'exact', draws };
}
