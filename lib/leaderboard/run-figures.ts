import type { Interval } from '#lib/stats/interval.ts';

/** One bar of the length histogram: lengths from `from` to `to`, both included. */
export interface LengthHistogramBar {
  from: number;
  to: number;
  right: number;
  wrong: number;
}

/** Our verdicts against the score that the source gave itself. */
export interface SourceAgreement {
  bothCorrect: number;
  onlyOurs: number;
  onlyReported: number;
  neither: number;
  /** (bothCorrect + neither) ÷ all four. */
  share: number;
}

/**
 * Figures that a run may leave undefined: fractions from 0 to 1, lengths in the run's length column. "Wrong" lengths are
 * those of every answer that is not correct.
 */
export interface NullableFigures {
  samplesPerItem: number | null;
  /** Correct ÷ expected, item means first (avg@k): wrong, unparsed, unverifiable, error and missing lack the point. */
  accuracy: number | null;
  accuracyInterval: Interval | null;
  /** Over item means, n − 1 in the denominator. */
  accuracyError: number | null;
  /** Correct ÷ (correct + wrong). */
  answeredAccuracy: number | null;
  /** Shares of the expected attempts; with the shares of correct and wrong they add up to 1. */
  unparsedShare: number | null;
  unverifiableShare: number | null;
  errorShare: number | null;
  missingShare: number | null;
  /** Of attempts without an error. */
  lengthKnownShare: number | null;
  /** Item means first, like accuracy. A lower bound as soon as `clipRatio` is above 0. */
  tokensMean: number | null;
  tokensInterval: Interval | null;
  tokensError: number | null;
  tokensMedian: number | null;
  tokensP90: number | null;
  /** Of lengths above zero. */
  tokensGeometricMean: number | null;
  tokensMeanRight: number | null;
  tokensMeanWrong: number | null;
  tokensMedianRight: number | null;
  tokensMedianWrong: number | null;
  reasoningTokensMean: number | null;
  answerTokensMean: number | null;
  charactersMean: number | null;
  /** Share cut at the token limit, of the attempts whose finish reason is known (SimpleRL-Zoo, section 2). */
  clipRatio: number | null;
  /** Mean length of the answers that the model ended itself (SimpleRL-Zoo, section 2). */
  stoppedTokensMean: number | null;
  /** All tokens ÷ correct answers. */
  tokensPerCorrect: number | null;
  reflectionsPerResponse: number | null;
  reflectionsPer1kTokens: number | null;
  agreement: SourceAgreement | null;
}

/** Why a figure is null, in one sentence for its reader. */
export type FigureReasons = Partial<Record<keyof NullableFigures, string>>;

/** What a run comes to. Where a figure is null, `reasons` says why. */
export interface RunFigures extends NullableFigures {
  itemCount: number;
  attempts: number;
  expectedAttempts: number;
  lengthHistogram: LengthHistogramBar[];
  reasons: FigureReasons;
}
