import fc from 'fast-check';
import { addAttempt, type ScoredAttempt } from '#lib/leaderboard/run-accumulator.ts';
import {
  createRunState,
  FINISH_REASONS,
  OUTCOMES,
  type RunState,
} from '#lib/leaderboard/run-state.ts';

export function attemptOf(fields: Partial<ScoredAttempt> = {}): ScoredAttempt {
  return {
    itemPosition: 0,
    outcome: 'correct',
    isError: false,
    tokens: null,
    reasoningTokens: null,
    answerTokens: null,
    characters: 0,
    finishReason: 'unknown',
    reflections: null,
    reportedCorrect: null,
    ...fields,
  };
}

export function stateOf(itemCount: number, attempts: readonly Partial<ScoredAttempt>[]): RunState {
  const state = createRunState(itemCount);
  for (const attempt of attempts) addAttempt(state, attemptOf(attempt));
  return state;
}

const length = fc.oneof(fc.nat(200), fc.nat(40_000), fc.nat(2 ** 31));

export function attempts(itemCount: number): fc.Arbitrary<ScoredAttempt[]> {
  return fc.array(
    fc.record({
      itemPosition: fc.nat(itemCount - 1),
      outcome: fc.constantFrom(...OUTCOMES),
      isError: fc.boolean(),
      tokens: fc.option(length),
      reasoningTokens: fc.option(length),
      answerTokens: fc.option(length),
      characters: length,
      finishReason: fc.constantFrom(...FINISH_REASONS),
      reflections: fc.option(fc.nat(300)),
      reportedCorrect: fc.option(fc.boolean()),
    }),
    { maxLength: 40 },
  );
}
