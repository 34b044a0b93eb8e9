import type { Rng } from '#lib/rng.ts';

import type { Puzzle } from '../puzzle.ts';

export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;

export type Difficulty = (typeof DIFFICULTIES)[number];

/** A question before it is known to have exactly one answer. */
export interface Draft {
  prompt: string;
  puzzle: Puzzle;
}

/** One kind of item. A changed draft changes the items, so it raises the version of the benchmark. */
export interface Kind {
  readonly id: string;
  readonly label: string;
  /** The verifier that judges its answers: integers by `math`, words by `string`. */
  readonly verifier: 'math' | 'string';
  /** Null when the numbers drawn make no question; the caller draws again. */
  draft(rng: Rng, difficulty: Difficulty): Draft | null;
}

/** The same closing words everywhere, so that one extraction rule reads every answer. */
export const ANSWER_INSTRUCTION = 'Put the final answer in \\boxed{}.';
