import type { FinishReason } from '#lib/importers/importer.ts';
import { lengthBin } from '#lib/stats/length-histogram.ts';
import type { Outcome } from '#lib/verifiers/verifier.ts';
import {
  ARRAY_FIELDS,
  createRunState,
  fromNumbers,
  LOG_SCALE,
  toNumbers,
  type KnownSum,
  type RunState,
} from './run-state.ts';

/** One scored attempt, as the summary of its run sees it. Lengths and counts are non-negative integers; unknown is null. */
export interface ScoredAttempt {
  /** From 0, in the item list of the benchmark. */
  itemPosition: number;
  outcome: Outcome;
  /** The request failed. Such an attempt is an error whatever its outcome says, and its length counts nowhere. */
  isError: boolean;
  /** In the length column of the summary. */
  tokens: number | null;
  reasoningTokens: number | null;
  answerTokens: number | null;
  characters: number;
  finishReason: FinishReason;
  reflections: number | null;
  /** What the source itself decided; null when it did not score. */
  reportedCorrect: boolean | null;
}

/** Adds one attempt in place. Throws before it changes anything when the attempt can not belong to this run. */
export function addAttempt(state: RunState, attempt: ScoredAttempt): void {
  checkAttempt(state, attempt);
  const item = attempt.itemPosition;
  increment(state.itemAttempts, item);
  if (attempt.isError) {
    state.errors += 1;
    return;
  }
  const isCorrect = attempt.outcome === 'correct';
  state.outcomes[attempt.outcome] += 1;
  state.finishReasons[attempt.finishReason] += 1;
  if (isCorrect) increment(state.itemCorrect, item);
  addKnown(state.characters, attempt.characters);
  addKnown(state.reasoningTokens, attempt.reasoningTokens);
  addKnown(state.answerTokens, attempt.answerTokens);
  addKnown(state.reflections, attempt.reflections);
  if (attempt.tokens !== null) addLength(state, attempt, attempt.tokens);
  if (attempt.reportedCorrect !== null) addAgreement(state, isCorrect, attempt.reportedCorrect);
}

function checkAttempt(state: RunState, attempt: ScoredAttempt): void {
  const { itemPosition } = attempt;
  if (!Number.isInteger(itemPosition) || itemPosition < 0 || itemPosition >= state.itemCount) {
    throw new RangeError(`Item ${itemPosition} is not in a list of ${state.itemCount} items.`);
  }
  for (const name of [
    'tokens',
    'reasoningTokens',
    'answerTokens',
    'characters',
    'reflections',
  ] as const) {
    const value = attempt[name];
    if (value !== null && (!Number.isSafeInteger(value) || value < 0)) {
      throw new RangeError(`${name} must be a whole number from 0 or null, not ${value}.`);
    }
  }
}

function addLength(state: RunState, attempt: ScoredAttempt, tokens: number): void {
  const isCorrect = attempt.outcome === 'correct';
  increment(isCorrect ? state.lengthsCorrect : state.lengthsOther, lengthBin(tokens));
  addKnown(isCorrect ? state.tokensCorrect : state.tokensOther, tokens);
  if (tokens > 0) addKnown(state.logTokens, Math.round(Math.log(tokens) * LOG_SCALE));
  if (attempt.finishReason === 'stop') addKnown(state.stoppedTokens, tokens);
  if (attempt.reflections !== null) {
    addKnown(state.reflectionsWithTokens, attempt.reflections);
    state.tokensWithReflections += tokens;
  }
  increment(state.itemTokenCounts, attempt.itemPosition);
  state.itemTokenSums[attempt.itemPosition] =
    (state.itemTokenSums[attempt.itemPosition] ?? 0) + tokens;
}

function addAgreement(state: RunState, ours: boolean, reported: boolean): void {
  if (ours) state.agreement[reported ? 'bothCorrect' : 'onlyOurs'] += 1;
  else state.agreement[reported ? 'onlyReported' : 'neither'] += 1;
}

function addKnown(target: KnownSum, value: number | null): void {
  if (value === null) return;
  target.count += 1;
  target.sum += value;
}

function increment(counts: Uint32Array, index: number): void {
  counts[index] = (counts[index] ?? 0) + 1;
}

/** The state of both parts together; neither argument changes. Associative and commutative. */
export function mergeRunStates(a: RunState, b: RunState): RunState {
  if (a.itemCount !== b.itemCount) {
    throw new RangeError(
      `Summaries over ${a.itemCount} and ${b.itemCount} items can not be merged.`,
    );
  }
  const merged = createRunState(a.itemCount);
  const numbers = toNumbers(b);
  fromNumbers(
    merged,
    toNumbers(a).map((value, i) => value + (numbers[i] ?? 0)),
  );
  for (const name of ARRAY_FIELDS) {
    const target = merged[name];
    for (let i = 0; i < target.length; i += 1) target[i] = (a[name][i] ?? 0) + (b[name][i] ?? 0);
  }
  return merged;
}
