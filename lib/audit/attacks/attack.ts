import type { Rng } from '#lib/rng.ts';

/**
 * A way to be accepted without an answer. `paper`: a pattern that Huang et al. 2025 (arXiv 2505.22203) name;
 * the wording is ours. `ours`: a pattern of our own.
 */
export interface Attack {
  readonly id: string;
  readonly label: string;
  readonly origin: 'paper' | 'ours';
  /** What stands in the place of the answer, in one sentence. */
  readonly description: string;
  /** Another text for each state of the generator; never an answer to anything. */
  text(rng: Rng): string;
}
