import type { Verdict } from '#lib/verifiers/verifier.ts';
import type { CountedTokens, MeasuredTrace } from './attempt-measure.ts';

/** How the attempts of a batch are judged and measured. */
export interface ScoringPlan {
  verifier: string;
  policy: Readonly<Record<string, unknown>>;
  /** Null when lengths are not counted from the text (hidden or summarised traces). */
  tokenizer: string | null;
  /** Nothing is counted and no trace is looked for: only the verdict is wanted. */
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
  traces: MeasuredTrace[];
  /** True when the attempt broke its thread every time: it goes to the dead rows. */
  isDead: boolean;
}

export interface ToThread {
  plan: ScoringPlan;
  attempts: readonly { index: number; attempt: AttemptToScore }[];
}

/** Two messages an attempt: the deadline of measuring depends on the length of the text, that of the verdict does not. */
export type FromThread =
  | { kind: 'ready' }
  | { kind: 'measured'; index: number; tokens: CountedTokens | null; traces: MeasuredTrace[] }
  | { kind: 'verdict'; index: number; verdict: Verdict }
  | { kind: 'finished' };
