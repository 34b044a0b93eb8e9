import type { Verdict } from '#lib/verifiers/verifier.ts';
import type { MeasuredTrace } from '#lib/redundancy/trace/measure-trace.ts';
import type { MeasuredAnswers } from './answer-measure.ts';
import type { CountedTokens } from './attempt-measure.ts';

/** How the attempts of a batch are judged and measured. */
export interface ScoringPlan {
  verifier: string;
  policy: Readonly<Record<string, unknown>>;
  /** Null when lengths are not counted from the text (hidden or summarised traces). */
  tokenizer: string | null;
  /** Neither traces nor the places of answers are looked for; tokens are counted when a tokenizer is named. */
  isVerdictOnly?: boolean;
}

/** One attempt on its way to a thread; texts are the stored zstd frames. */
export interface AttemptToScore {
  output: Uint8Array | null;
  reasoning: Uint8Array | null;
  answer: Uint8Array | null;
  gold: string | null;
  question: string | null;
  choices: readonly string[] | null;
  isTruncated: boolean;
}

export interface ScoredResult {
  verdict: Verdict;
  tokens: CountedTokens | null;
  /** Null when there is no text, or when its thread broke before. */
  trace: MeasuredTrace | null;
  /** Null when nobody can tell where the answer stands. */
  answers: MeasuredAnswers | null;
  /** True when the attempt broke its thread every time: it goes to the dead rows. */
  isDead: boolean;
}

export interface ToThread {
  plan: ScoringPlan;
  attempts: readonly { index: number; attempt: AttemptToScore }[];
}

/**
 * Three messages an attempt: the deadline of measuring depends on the length of the text, that of the verdict does not, and
 * what is found of the answer's places must not cost the verdict.
 */
export type FromThread =
  | { kind: 'ready' }
  | { kind: 'measured'; index: number; tokens: CountedTokens | null; trace: MeasuredTrace | null }
  | { kind: 'verdict'; index: number; verdict: Verdict }
  | { kind: 'answers'; index: number; answers: MeasuredAnswers | null }
  | { kind: 'finished' };
