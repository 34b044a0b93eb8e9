import type { RunFigures } from './run-figures.ts';
import type { RunState } from './run-state.ts';
import { toFigures } from './to-figures.ts';

/**
 * Figures of a run that is still scored: over the items seen so far, so that its mark on the board moves around its
 * final place instead of climbing from zero.
 */
export function toProvisionalFigures(state: RunState): RunFigures {
  const seen: number[] = [];
  state.itemAttempts.forEach((count, item) => {
    if (count > 0) seen.push(item);
  });
  const pick = (values: ArrayLike<number>) => seen.map((item) => values[item] ?? 0);
  const itemAttempts = pick(state.itemAttempts);
  const compact: RunState = {
    ...state,
    itemCount: seen.length,
    itemAttempts: Uint32Array.from(itemAttempts),
    itemCorrect: Uint32Array.from(pick(state.itemCorrect)),
    itemTokenCounts: Uint32Array.from(pick(state.itemTokenCounts)),
    itemTokenSums: Float64Array.from(pick(state.itemTokenSums)),
  };
  return toFigures(compact, {
    expectedAttempts: itemAttempts.reduce((sum, count) => sum + count, 0),
    expectedByItem: itemAttempts,
  });
}
