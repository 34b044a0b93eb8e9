import { logChoose } from './hypergeometric.ts';

/** Answers of one item that are equal to each other. */
export interface AnswerClass {
  size: number;
  isCorrect: boolean;
}

/**
 * The chance that the most frequent answer among k samples drawn without replacement is correct, with a tie decided by lot
 * and `silent` samples that do not vote. Exact: for every correct class and every size m it may win with, the other classes
 * are counted by how many samples they take (at most m each) and how many tie. A draw without any vote is not correct.
 */
export function majorityAccuracy(
  classes: readonly AnswerClass[],
  silent: number,
  k: number,
): number {
  const total = silent + classes.reduce((sum, { size }) => sum + size, 0);
  if (k > total) throw new RangeError(`${k} samples can not be drawn from ${total}.`);
  let chance = 0;
  classes.forEach((winner, index) => {
    if (!winner.isCorrect) return;
    const others = classes.filter((_, other) => other !== index);
    for (let m = 1; m <= Math.min(winner.size, k); m += 1) {
      const log = logChoose(winner.size, m) - logChoose(total, k);
      chance += countOthers(others, silent, { rest: k - m, limit: m, logScale: log });
    }
  });
  return Math.min(1, chance);
}

interface OtherVotes {
  /** Samples left for the other classes and the silent. */
  rest: number;
  /** No other class may take more. */
  limit: number;
  /** Multiplies every count, as a logarithm: bare counts overflow. */
  logScale: number;
}

/** Ways to draw the rest, each divided by the number of classes that share the first place. */
function countOthers(
  others: readonly AnswerClass[],
  silent: number,
  { rest, limit, logScale }: OtherVotes,
): number {
  const most = 1 + Math.floor(rest / limit);
  // ways[ties][taken], with the scale in it from the start.
  let ways: Float64Array[] = Array.from({ length: most }, () => new Float64Array(rest + 1));
  for (let taken = 0; taken <= Math.min(rest, silent); taken += 1) {
    const none = ways[0];
    if (none !== undefined) none[taken] = Math.exp(logScale + logChoose(silent, taken));
  }
  for (const { size } of others) ways = addClass(ways, { size, limit, rest });
  return ways.reduce((sum, row, ties) => sum + (row[rest] ?? 0) / (ties + 1), 0);
}

function addClass(
  ways: readonly Float64Array[],
  { size, limit, rest }: { size: number; limit: number; rest: number },
): Float64Array[] {
  const next = ways.map(() => new Float64Array(rest + 1));
  ways.forEach((row, ties) => {
    for (let votes = 0; votes <= Math.min(size, limit, rest); votes += 1) {
      const target = next[votes === limit ? ties + 1 : ties];
      if (target === undefined) continue;
      const choices = Math.exp(logChoose(size, votes));
      for (let taken = 0; taken + votes <= rest; taken += 1)
        target[taken + votes] = (target[taken + votes] ?? 0) + (row[taken] ?? 0) * choices;
    }
  });
  return next;
}
