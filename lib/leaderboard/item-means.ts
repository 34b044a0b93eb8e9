import type { RunState } from './run-state.ts';

/** How many attempts the run should have: from the benchmark's item list and the samples an item, never from the file. */
export interface Expectation {
  expectedAttempts: number;
  /** By item position, when items differ in their samples; else the attempts are spread evenly. */
  expectedByItem?: ArrayLike<number>;
}

/**
 * Correct ÷ expected for every item, in the order of the item list. Missing attempts lack the point. An item with more
 * attempts than expected is divided by what it has, so that nothing passes 1.
 */
export function toItemMeans(state: RunState, expectation: Expectation): Float64Array {
  const even = state.itemCount === 0 ? 0 : expectation.expectedAttempts / state.itemCount;
  return Float64Array.from(state.itemCorrect, (correct, item) => {
    const expected = expectation.expectedByItem?.[item] ?? even;
    const attempts = Math.max(expected, state.itemAttempts[item] ?? 0);
    return attempts > 0 ? correct / attempts : 0;
  });
}
