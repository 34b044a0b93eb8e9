import type { Rng } from '#lib/rng.ts';

import type { DemoQuestion } from '../items.ts';

/** Yields every step when it is taken, so that a cut trace is a prefix of the full one; returns the answer. */
export type Steps = Generator<string, string, undefined>;

/** A way to solve any puzzle. It sees the question and nothing else; all its chance comes from `rng`. */
export interface Strategy {
  readonly id: string;
  readonly label: string;
  /** What it does, in one or two sentences. */
  readonly description: string;
  /** One reasoner for each: whitespace-separated words of the whole output, null without limit. */
  readonly budgetsWords: readonly (number | null)[];
  think(question: DemoQuestion, rng: Rng): Steps;
}
