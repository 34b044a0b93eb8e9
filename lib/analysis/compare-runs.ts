import { AppError } from '#lib/errors.ts';
import { createRng } from '#lib/rng.ts';
import { DEFAULT_DRAWS } from '#lib/stats/bootstrap.ts';
import { holm } from '#lib/stats/holm.ts';
import { lengthRatio, type LengthRatio } from '#lib/stats/length-ratio.ts';
import { mcnemarExact } from '#lib/stats/mcnemar.ts';
import { compareAligned, type PairedComparison } from '#lib/stats/paired.ts';
import { smallestDetectableDifference } from '#lib/stats/power.ts';
import { signFlipTest } from '#lib/stats/sign-flip.ts';
import { pick, sharedItems, type ComparableRun } from './item-columns.ts';

/** An item whose success differs between the two runs. */
export interface Flip {
  itemKey: string;
  /** Correct ÷ expected samples on either side. */
  accuracyA: number;
  accuracyB: number;
  tokensA: number | null;
  tokensB: number | null;
}

/** B against A over the items that both have; differences are B − A, ratios B ÷ A. */
export interface RunComparison {
  a: { id: string; label: string };
  b: { id: string; label: string };
  paired: PairedComparison;
  /** Items by whether every expected sample was right; null where an item has several samples. */
  table: { both: number; onlyA: number; onlyB: number; neither: number } | null;
  test: { method: 'mcnemar-exact' | 'sign-flip'; isExact: boolean; p: number | null };
  /** Over the stated family of comparisons. */
  adjustedP: number | null;
  family: number;
  smallestDetectable: number | null;
  /** Why there is none stands beside it. */
  tokens: LengthRatio | null;
  tokensReason: string | null;
  /** By the change of tokens, the largest saving first. */
  flips: readonly Flip[];
  seed: string;
  draws: number;
}

export interface CompareOptions {
  /** `intersect` leaves out what only one side has, and says how much; `equal` refuses. */
  items?: 'equal' | 'intersect';
  seed?: string;
  draws?: number;
}

/** Each run against the first one. Throws `unprocessable` for different item sets unless they may be intersected. */
export function compareRuns(
  runs: readonly ComparableRun[],
  options: CompareOptions = {},
): RunComparison[] {
  const [base, ...others] = runs;
  if (base === undefined) return [];
  return asFamily(others.map((other) => comparePair(base, other, options)));
}

/** Each second run against the one before it: one pair a benchmark, all of them one family. */
export function comparePairs(
  runs: readonly ComparableRun[],
  options: CompareOptions = {},
): RunComparison[] {
  const found: RunComparison[] = [];
  for (let index = 1; index < runs.length; index += 2) {
    const [a, b] = [runs[index - 1], runs[index]];
    if (a !== undefined && b !== undefined) found.push(comparePair(a, b, options));
  }
  return asFamily(found);
}

function asFamily(found: readonly RunComparison[]): RunComparison[] {
  const adjusted = holm(found.map(({ test }) => test.p ?? 1));
  return found.map((one, index) => ({
    ...one,
    adjustedP: one.test.p === null ? null : (adjusted[index] ?? null),
    family: found.length,
  }));
}

function comparePair(
  a: ComparableRun,
  b: ComparableRun,
  { items = 'equal', seed = 'laconic', draws = DEFAULT_DRAWS }: CompareOptions,
): RunComparison {
  const { left, right } = sharedItems(a.columns, b.columns);
  const onlyInA = a.columns.keys.length - left.length;
  const onlyInB = b.columns.keys.length - right.length;
  if (items === 'equal' && onlyInA + onlyInB > 0) {
    throw new AppError(
      'unprocessable',
      `${a.label} and ${b.label} do not answer the same items: ${String(onlyInA)} only in the first, ${String(onlyInB)} only in the second, ${String(left.length)} in both. Ask for the items in both to compare them.`,
    );
  }
  const scores = { a: pick(a.columns.accuracy, left), b: pick(b.columns.accuracy, right) };
  const tokens = { a: pick(a.columns.tokens, left), b: pick(b.columns.tokens, right) };
  const paired = compareAligned(scores.a, scores.b, { onlyInA, onlyInB });
  if (paired === null) {
    throw new AppError('unprocessable', `${a.label} and ${b.label} have no item in common.`);
  }
  const isSingle = a.columns.isSingleSample && b.columns.isSingleSample;
  const hasOneColumn = a.lengthColumn !== null && a.lengthColumn === b.lengthColumn;
  const ratio = hasOneColumn
    ? lengthRatio(Array.from(tokens.a, known), Array.from(tokens.b, known), {
        rng: createRng(seed, 'lengths'),
        draws,
      })
    : null;
  return {
    a: { id: a.id, label: a.label },
    b: { id: b.id, label: b.label },
    paired,
    table: isSingle ? twoByTwo(scores.a, scores.b) : null,
    test: isSingle
      ? { method: 'mcnemar-exact', isExact: true, p: mcnemarExact(paired.betterA, paired.betterB) }
      : signFlip(scores, { seed, draws }),
    adjustedP: null,
    family: 1,
    smallestDetectable: smallestDetectableDifference(paired.standardError),
    tokens: ratio,
    tokensReason: ratio === null ? lengthReason(a, b) : null,
    flips: listFlips(
      Array.from(left, (position) => a.columns.keys[position] ?? ''),
      { scores, tokens },
    ),
    seed,
    draws,
  };
}

interface Sides {
  a: Float64Array;
  b: Float64Array;
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function twoByTwo(a: Float64Array, b: Float64Array): NonNullable<RunComparison['table']> {
  const table = { both: 0, onlyA: 0, onlyB: 0, neither: 0 };
  a.forEach((score, index) => {
    const [inA, inB] = [score > 0, (b[index] ?? 0) > 0];
    if (inA && inB) table.both += 1;
    else if (inA) table.onlyA += 1;
    else if (inB) table.onlyB += 1;
    else table.neither += 1;
  });
  return table;
}

function signFlip(
  { a, b }: Sides,
  { seed, draws }: { seed: string; draws: number },
): RunComparison['test'] {
  const differences = b.map((score, index) => score - (a[index] ?? 0));
  const { p, method } = signFlipTest(differences, { rng: createRng(seed, 'signs'), draws });
  return { method: 'sign-flip', isExact: method === 'exact', p };
}

function lengthReason(a: ComparableRun, b: ComparableRun): string {
  if (a.lengthColumn === null || b.lengthColumn === null) return 'One of the runs has no lengths.';
  if (a.lengthColumn !== b.lengthColumn)
    return `The lengths were counted by different counters: ${a.lengthColumn} and ${b.lengthColumn}.`;
  return 'No item has a known length above zero on both sides.';
}

function listFlips(
  keys: readonly string[],
  { scores, tokens }: { scores: Sides; tokens: Sides },
): Flip[] {
  const flips = keys.flatMap((itemKey, index): Flip[] => {
    const accuracyA = scores.a[index] ?? 0;
    const accuracyB = scores.b[index] ?? 0;
    if (accuracyA === accuracyB) return [];
    const tokensA = known(tokens.a[index] ?? Number.NaN);
    const tokensB = known(tokens.b[index] ?? Number.NaN);
    return [{ itemKey, accuracyA, accuracyB, tokensA, tokensB }];
  });
  return flips.sort((x, y) => change(x) - change(y) || (x.itemKey < y.itemKey ? -1 : 1));
}

/** Unknown changes stand at the end. */
function change({ tokensA, tokensB }: Flip): number {
  return tokensA === null || tokensB === null ? Number.MAX_VALUE : tokensB - tokensA;
}
