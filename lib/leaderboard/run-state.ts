import type { FinishReason } from '#lib/importers/importer.ts';
import { LENGTH_BIN_COUNT } from '#lib/stats/length-histogram.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';

export const OUTCOMES = [
  'correct',
  'wrong',
  'unparsed',
  'unverifiable',
] as const satisfies readonly Outcome[];
export const FINISH_REASONS = [
  'stop',
  'length',
  'content_filter',
  'tool',
  'error',
  'unknown',
] as const satisfies readonly FinishReason[];

/** A sum over the attempts that know the value. */
export interface KnownSum {
  count: number;
  sum: number;
}

/**
 * All that is kept of a run's attempts. Every number is a non-negative integer below 2^53, so that adding in any order
 * and merging in any grouping give the same state to the last bit.
 */
export interface RunState {
  itemCount: number;
  errors: number;
  /** Counts of attempts without an error. */
  outcomes: Record<Outcome, number>;
  finishReasons: Record<FinishReason, number>;
  characters: KnownSum;
  reasoningTokens: KnownSum;
  answerTokens: KnownSum;
  /** Lengths of answers that were stopped by the model, not cut at the limit. */
  stoppedTokens: KnownSum;
  /** Logarithms of lengths above zero, each rounded to a multiple of 1 / LOG_SCALE. */
  logTokens: KnownSum;
  reflections: KnownSum;
  /** Reflections and tokens of the attempts that know both. */
  reflectionsWithTokens: KnownSum;
  tokensWithReflections: number;
  /** Against the source's own score: unparsed and unverifiable are "not correct" here. */
  agreement: { bothCorrect: number; onlyOurs: number; onlyReported: number; neither: number };
  /** Lengths over the fixed bins, of correct attempts and of all others. */
  lengthsCorrect: Uint32Array;
  lengthsOther: Uint32Array;
  tokensCorrect: KnownSum;
  tokensOther: KnownSum;
  /** By item position; `itemAttempts` includes errors. */
  itemAttempts: Uint32Array;
  itemCorrect: Uint32Array;
  itemTokenCounts: Uint32Array;
  itemTokenSums: Float64Array;
}

/** Fine enough for six digits of a geometric mean, coarse enough for 400 million attempts below 2^53. */
export const LOG_SCALE = 2 ** 20;

/** The empty state, which changes nothing when merged. */
export function createRunState(itemCount: number): RunState {
  if (!Number.isSafeInteger(itemCount) || itemCount < 0) {
    throw new RangeError(`A number of items is needed, not ${itemCount}.`);
  }
  return {
    itemCount,
    errors: 0,
    outcomes: { correct: 0, wrong: 0, unparsed: 0, unverifiable: 0 },
    finishReasons: { stop: 0, length: 0, content_filter: 0, tool: 0, error: 0, unknown: 0 },
    characters: { count: 0, sum: 0 },
    reasoningTokens: { count: 0, sum: 0 },
    answerTokens: { count: 0, sum: 0 },
    stoppedTokens: { count: 0, sum: 0 },
    logTokens: { count: 0, sum: 0 },
    reflections: { count: 0, sum: 0 },
    reflectionsWithTokens: { count: 0, sum: 0 },
    tokensWithReflections: 0,
    agreement: { bothCorrect: 0, onlyOurs: 0, onlyReported: 0, neither: 0 },
    lengthsCorrect: new Uint32Array(LENGTH_BIN_COUNT),
    lengthsOther: new Uint32Array(LENGTH_BIN_COUNT),
    tokensCorrect: { count: 0, sum: 0 },
    tokensOther: { count: 0, sum: 0 },
    itemAttempts: new Uint32Array(itemCount),
    itemCorrect: new Uint32Array(itemCount),
    itemTokenCounts: new Uint32Array(itemCount),
    itemTokenSums: new Float64Array(itemCount),
  };
}

export const ARRAY_FIELDS = [
  'lengthsCorrect',
  'lengthsOther',
  'itemAttempts',
  'itemCorrect',
  'itemTokenCounts',
  'itemTokenSums',
] as const satisfies readonly (keyof RunState)[];

const KNOWN_SUM_FIELDS = [
  'characters',
  'reasoningTokens',
  'answerTokens',
  'stoppedTokens',
  'logTokens',
  'reflections',
  'reflectionsWithTokens',
  'tokensCorrect',
  'tokensOther',
] as const satisfies readonly (keyof RunState)[];

const AGREEMENT_FIELDS = ['bothCorrect', 'onlyOurs', 'onlyReported', 'neither'] as const;

/** Every scalar of a state in a fixed order, which is also the stored order: a change needs a new encoding version. */
export function toNumbers(state: RunState): number[] {
  return [
    state.errors,
    state.tokensWithReflections,
    ...OUTCOMES.map((outcome) => state.outcomes[outcome]),
    ...FINISH_REASONS.map((reason) => state.finishReasons[reason]),
    ...AGREEMENT_FIELDS.map((field) => state.agreement[field]),
    ...KNOWN_SUM_FIELDS.flatMap((field) => [state[field].count, state[field].sum]),
  ];
}

/** How many scalars `toNumbers` gives. */
export const NUMBER_COUNT =
  2 +
  OUTCOMES.length +
  FINISH_REASONS.length +
  AGREEMENT_FIELDS.length +
  2 * KNOWN_SUM_FIELDS.length;

/** Sets the scalars of a state from what `toNumbers` gave. */
export function fromNumbers(state: RunState, numbers: readonly number[]): void {
  if (numbers.length !== NUMBER_COUNT) {
    throw new RangeError(`A run summary has ${NUMBER_COUNT} numbers, not ${numbers.length}.`);
  }
  let next = 0;
  const take = (): number => numbers[next++] ?? 0;
  state.errors = take();
  state.tokensWithReflections = take();
  for (const outcome of OUTCOMES) state.outcomes[outcome] = take();
  for (const reason of FINISH_REASONS) state.finishReasons[reason] = take();
  for (const field of AGREEMENT_FIELDS) state.agreement[field] = take();
  for (const field of KNOWN_SUM_FIELDS) state[field] = { count: take(), sum: take() };
}
