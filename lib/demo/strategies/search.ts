import { searchDepthFirst } from '../depth-first.ts';
import type { Strategy } from './strategy.ts';

export const search: Strategy = {
  id: 'search',
  label: 'Depth-first search',
  description:
    'Tries values in depth, goes back when nothing is left and says so. Complete: with enough budget it always finds the answer.',
  budgetsWords: [128, 256, 512, 1024, null],
  *think({ puzzle }, rng) {
    return puzzle.answer((yield* searchDepthFirst(puzzle, rng)).flat());
  },
};
