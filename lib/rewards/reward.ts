import type { z } from 'zod';

/** One answer of a group of samples of the same item. */
export interface RewardSample {
  tokens: number;
  isCorrect: boolean;
  /** An answer could be read, right or wrong. */
  hasAnswer: boolean;
  /** The answer was cut at the token limit. */
  isCut: boolean;
  /** The answer ends in a loop. */
  isLoop: boolean;
  /** Tokens up to the first correct answer; null when unknown or when there is none. */
  firstCorrectTokens: number | null;
}

/** A reward in its parts: correctness + weight × length (LASER, arXiv 2505.15612). */
export interface RewardTerm {
  correctness: number;
  weight: number;
  length: number;
  reward: number;
}

/**
 * One length-based reward. A changed value raises `version`. `evaluate` answers in the order of the group; null where a sample
 * does not say what the method needs. All numbers are finite.
 */
export interface Reward<Parameters = unknown> {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  /** What it pays for and how it differs from its neighbours, in one to three sentences. */
  readonly description: string;
  readonly family:
    'truncation' | 'group' | 'budget' | 'step' | 'reference' | 'redundancy' | 'shape';
  /** In plain text: C, λ and S. */
  readonly formula: string;
  readonly source: string;
  /** The reward of a sample depends on the others of its group. */
  readonly isGroupDependent: boolean;
  /** `parameters.parse({})` are the published defaults, or ours where the description says so. */
  readonly parameters: z.ZodType<Parameters>;
  evaluate(group: readonly RewardSample[], parameters: Parameters): (RewardTerm | null)[];
}

export function toTerm(correctness: number, weight: number, length: number): RewardTerm {
  return { correctness, weight, length, reward: correctness + weight * length };
}
