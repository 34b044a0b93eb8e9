import { AppError } from '#lib/errors.ts';
import { itemMeanLengths } from '#lib/metrics/run/lengths.ts';
import {
  countCorrect,
  expectedSamples,
  itemAccuracy,
  type MetricItem,
  type RunSamples,
} from '#lib/metrics/run/run-samples.ts';
import { createRng } from '#lib/rng.ts';
import { DEFAULT_DRAWS } from '#lib/stats/bootstrap.ts';
import { holm } from '#lib/stats/holm.ts';
import { lengthRatio, type LengthRatio } from '#lib/stats/length-ratio.ts';
import { mcnemarExact } from '#lib/stats/mcnemar.ts';
import { compareAligned, type PairedComparison } from '#lib/stats/paired.ts';
import { smallestDetectableDifference } from '#lib/stats/power.ts';
import { signFlipTest } from '#lib/stats/sign-flip.ts';
import type { AnalysedRun } from './analysed-attempt.ts';

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
  runs: readonly AnalysedRun[],
  options: CompareOptions = {},
): RunComparison[] {
  const [base, ...others] = runs;
  if (base === undefined) return [];
  return asFamily(others.map((other) => comparePair(base, other, options)));
}

/** Each second run against the one before it: one pair a benchmark, all of them one family. */
export function comparePairs(
  runs: readonly AnalysedRun[],
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
  a: AnalysedRun,
  b: AnalysedRun,
  { items = 'equal', seed = 'laconic', draws = DEFAULT_DRAWS }: CompareOptions,
): RunComparison {
  const { pairs, onlyInA, onlyInB } = alignPairs(a.samples, b.samples);
  if (items === 'equal' && onlyInA + onlyInB > 0) {
    throw new AppError(
      'unprocessable',
      `${a.label} and ${b.label} do not answer the same items: ${String(onlyInA)} only in the first, ${String(onlyInB)} only in the second, ${String(pairs.length)} in both. Ask for the items in both to compare them.`,
    );
  }
  const scoresA = Float64Array.from(pairs, ([item]) => itemAccuracy(a.samples, item));
  const scoresB = Float64Array.from(pairs, ([, item]) => itemAccuracy(b.samples, item));
  const paired = compareAligned(scoresA, scoresB, { onlyInA, onlyInB });
  if (paired === null) {
    throw new AppError('unprocessable', `${a.label} and ${b.label} have no item in common.`);
  }
  const isSingle = pairs.every(
    ([x, y]) => expectedSamples(a.samples, x) <= 1 && expectedSamples(b.samples, y) <= 1,
  );
  const lengths = pairLengths(pairs);
  const hasOneColumn = a.lengthColumn !== null && a.lengthColumn === b.lengthColumn;
  const ratio = hasOneColumn
    ? lengthRatio(lengths.a, lengths.b, { rng: createRng(seed, 'lengths'), draws })
    : null;
  return {
    a: { id: a.id, label: a.label },
    b: { id: b.id, label: b.label },
    paired,
    table: isSingle ? twoByTwo(pairs) : null,
    test: isSingle
      ? { method: 'mcnemar-exact', isExact: true, p: mcnemarExact(paired.betterA, paired.betterB) }
      : signFlip(scoresA, scoresB, { seed, draws }),
    adjustedP: null,
    family: 1,
    smallestDetectable: smallestDetectableDifference(paired.standardError),
    tokens: ratio,
    tokensReason: ratio === null ? lengthReason(a, b) : null,
    flips: listFlips(pairs, { scoresA, scoresB, lengths }),
    seed,
    draws,
  };
}

type Pair = readonly [MetricItem, MetricItem];

function alignPairs(
  a: RunSamples,
  b: RunSamples,
): { pairs: Pair[]; onlyInA: number; onlyInB: number } {
  const byKey = new Map(b.items.map((item) => [item.key, item]));
  const pairs = a.items.flatMap((item): Pair[] => {
    const other = byKey.get(item.key);
    return other === undefined ? [] : [[item, other]];
  });
  return { pairs, onlyInA: a.items.length - pairs.length, onlyInB: b.items.length - pairs.length };
}

function twoByTwo(pairs: readonly Pair[]): NonNullable<RunComparison['table']> {
  const table = { both: 0, onlyA: 0, onlyB: 0, neither: 0 };
  for (const [x, y] of pairs) {
    const [inA, inB] = [countCorrect(x) > 0, countCorrect(y) > 0];
    if (inA && inB) table.both += 1;
    else if (inA) table.onlyA += 1;
    else if (inB) table.onlyB += 1;
    else table.neither += 1;
  }
  return table;
}

function signFlip(
  scoresA: Float64Array,
  scoresB: Float64Array,
  { seed, draws }: { seed: string; draws: number },
): RunComparison['test'] {
  const differences = scoresB.map((score, index) => score - (scoresA[index] ?? 0));
  const { p, method } = signFlipTest(differences, { rng: createRng(seed, 'signs'), draws });
  return { method: 'sign-flip', isExact: method === 'exact', p };
}

interface PairLengths {
  a: (number | null)[];
  b: (number | null)[];
}

function pairLengths(pairs: readonly Pair[]): PairLengths {
  const side = (items: readonly MetricItem[]): (number | null)[] => {
    const { means, known } = itemMeanLengths(items);
    return Array.from(means, (mean, index) => (known[index] === 1 ? mean : null));
  };
  return { a: side(pairs.map(([x]) => x)), b: side(pairs.map(([, y]) => y)) };
}

function lengthReason(a: AnalysedRun, b: AnalysedRun): string {
  if (a.lengthColumn === null || b.lengthColumn === null) return 'One of the runs has no lengths.';
  if (a.lengthColumn !== b.lengthColumn)
    return `The lengths were counted by different counters: ${a.lengthColumn} and ${b.lengthColumn}.`;
  return 'No item has a known length above zero on both sides.';
}

function listFlips(
  pairs: readonly Pair[],
  {
    scoresA,
    scoresB,
    lengths,
  }: { scoresA: Float64Array; scoresB: Float64Array; lengths: PairLengths },
): Flip[] {
  const flips = pairs.flatMap(([{ key }], index): Flip[] => {
    const accuracyA = scoresA[index] ?? 0;
    const accuracyB = scoresB[index] ?? 0;
    if (accuracyA === accuracyB) return [];
    const tokensA = lengths.a[index] ?? null;
    const tokensB = lengths.b[index] ?? null;
    return [{ itemKey: key, accuracyA, accuracyB, tokensA, tokensB }];
  });
  return flips.sort((x, y) => change(x) - change(y) || (x.itemKey < y.itemKey ? -1 : 1));
}

/** Unknown changes stand at the end. */
function change({ tokensA, tokensB }: Flip): number {
  return tokensA === null || tokensB === null ? Number.MAX_VALUE : tokensB - tokensA;
}
