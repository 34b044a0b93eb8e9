import { itemInterval, meanAndError, meanInterval } from '#lib/stats/item-interval.ts';
import { toLengthBars } from '#lib/stats/length-histogram.ts';
import { histogramQuantile } from '#lib/stats/quantiles.ts';
import { toFigureReasons } from './figure-reasons.ts';
import { toItemMeans, type Expectation } from './item-means.ts';
import type { NullableFigures, RunFigures } from './run-figures.ts';
import { LOG_SCALE, type KnownSum, type RunState } from './run-state.ts';

/** The figures of a run. Total: an empty run gives nulls with reasons, never NaN. */
export function toFigures(state: RunState, expectation: Expectation): RunFigures {
  const attempts = sumOf(state.itemAttempts);
  const values: NullableFigures = {
    ...accuracyFigures(state, attempts, expectation),
    ...outcomeShares(state, attempts, expectation),
    ...lengthFigures(state),
    ...lengthsByOutcome(state),
    ...traceFigures(state),
    samplesPerItem: ratio(expectation.expectedAttempts, state.itemCount),
  };
  return {
    itemCount: state.itemCount,
    attempts,
    expectedAttempts: expectation.expectedAttempts,
    ...values,
    lengthHistogram: toLengthBars([state.lengthsCorrect, state.lengthsOther]).map(
      ({ from, to, counts }) => ({
        from,
        to,
        right: counts[0] ?? 0,
        wrong: counts[1] ?? 0,
      }),
    ),
    reasons: toFigureReasons(values, state, attempts),
  };
}

function accuracyFigures(state: RunState, attempts: number, expectation: Expectation) {
  // A run without a single attempt is unknown, not the worst.
  if (attempts === 0) {
    return { accuracy: null, accuracyError: null, accuracyInterval: null, answeredAccuracy: null };
  }
  const itemMeans = toItemMeans(state, expectation);
  const summary = meanAndError(itemMeans);
  const isSingleSample =
    expectation.expectedAttempts <= state.itemCount &&
    state.itemAttempts.every((count) => count <= 1);
  return {
    accuracy: summary?.mean ?? null,
    accuracyError: summary?.standardError ?? null,
    accuracyInterval: itemInterval(itemMeans, { isSingleSample }),
    answeredAccuracy: ratio(state.outcomes.correct, state.outcomes.correct + state.outcomes.wrong),
  };
}

function outcomeShares(state: RunState, attempts: number, expectation: Expectation) {
  const expected = Math.max(expectation.expectedAttempts, attempts);
  return {
    unparsedShare: ratio(state.outcomes.unparsed, expected),
    unverifiableShare: ratio(state.outcomes.unverifiable, expected),
    errorShare: ratio(state.errors, expected),
    missingShare: ratio(expected - attempts, expected),
  };
}

function lengthFigures(state: RunState) {
  const itemTokens: number[] = [];
  state.itemTokenCounts.forEach((count, item) => {
    if (count > 0) itemTokens.push((state.itemTokenSums[item] ?? 0) / count);
  });
  const summary = meanAndError(itemTokens);
  const lengths = [state.lengthsCorrect, state.lengthsOther];
  const logMean = meanOf(state.logTokens);
  return {
    lengthKnownShare: ratio(
      state.tokensCorrect.count + state.tokensOther.count,
      state.characters.count,
    ),
    tokensMean: summary?.mean ?? null,
    tokensError: summary?.standardError ?? null,
    tokensInterval: meanInterval(itemTokens),
    tokensMedian: histogramQuantile(lengths, 0.5),
    tokensP90: histogramQuantile(lengths, 0.9),
    tokensGeometricMean: logMean === null ? null : Math.exp(logMean / LOG_SCALE),
  };
}

function lengthsByOutcome(state: RunState) {
  const finished = sumOf(Object.values(state.finishReasons)) - state.finishReasons.unknown;
  return {
    tokensMeanRight: meanOf(state.tokensCorrect),
    tokensMeanWrong: meanOf(state.tokensOther),
    tokensMedianRight: histogramQuantile([state.lengthsCorrect], 0.5),
    tokensMedianWrong: histogramQuantile([state.lengthsOther], 0.5),
    clipRatio: ratio(state.finishReasons.length, finished),
    stoppedTokensMean: meanOf(state.stoppedTokens),
    tokensPerCorrect: tokensPerCorrect(state),
  };
}

/** Needs every length: a sum that misses some would make the run look cheap. */
function tokensPerCorrect(state: RunState): number | null {
  const known = state.tokensCorrect.count + state.tokensOther.count;
  if (known === 0 || known < state.characters.count) return null;
  return ratio(state.tokensCorrect.sum + state.tokensOther.sum, state.outcomes.correct);
}

function traceFigures(state: RunState) {
  const { bothCorrect, onlyOurs, onlyReported, neither } = state.agreement;
  const share = ratio(bothCorrect + neither, bothCorrect + onlyOurs + onlyReported + neither);
  return {
    reasoningTokensMean: meanOf(state.reasoningTokens),
    answerTokensMean: meanOf(state.answerTokens),
    charactersMean: meanOf(state.characters),
    reflectionsPerResponse: meanOf(state.reflections),
    reflectionsPer1kTokens: ratio(
      1000 * state.reflectionsWithTokens.sum,
      state.tokensWithReflections,
    ),
    agreement: share === null ? null : { ...state.agreement, share },
  };
}

function meanOf(known: KnownSum): number | null {
  return ratio(known.sum, known.count);
}

function ratio(numerator: number, denominator: number): number | null {
  return denominator > 0 ? numerator / denominator : null;
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
