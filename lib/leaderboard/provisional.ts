import { createRunState, type RunState } from './run-state.ts';
import { toFigures } from './to-figures.ts';
import type { RunFigures } from './run-figures.ts';

/**
 * Figures of a run that is still scored: over the items seen so far, so that the mark on the board moves around its
 * final place instead of climbing from zero.
 */
export function toProvisionalFigures(state: RunState): RunFigures {
  const seen: number[] = [];
  state.itemAttempts.forEach((count, item) => {
    if (count > 0) seen.push(item);
  });
  const compact: RunState = { ...state, ...createRunState(seen.length), itemCount: seen.length };
  for (const name of Object.keys(state) as (keyof RunState)[]) {
    if (!name.startsWith('item')) Object.assign(compact, { [name]: state[name] });
  }
  seen.forEach((item, index) => {
    compact.itemAttempts[index] = state.itemAttempts[item] ?? 0;
    compact.itemCorrect[index] = state.itemCorrect[item] ?? 0;
    compact.itemTokenCounts[index] = state.itemTokenCounts[item] ?? 0;
    compact.itemTokenSums[index] = state.itemTokenSums[item] ?? 0;
  });
  const expectedByItem = Array.from(compact.itemAttempts);
  const expectedAttempts = expectedByItem.reduce((sum, count) => sum + count, 0);
  return toFigures(compact, { expectedAttempts, expectedByItem });
}
