import type { z } from 'zod';

/** `unparsed`: no answer was found. `unverifiable`: the answer could not be judged. Neither is `wrong`. */
export type Outcome = 'correct' | 'wrong' | 'unparsed' | 'unverifiable';

export interface Verdict {
  status: Outcome;
  /** The answer as it stands in the response; null when none was found. */
  extracted: string | null;
  /** Why, in one sentence for the reader of the sample page; null only for a plain `correct`. */
  reason: string | null;
}

export interface VerifyInput {
  /** What the model wrote, reasoning included where the source shows it. */
  response: string;
  /** The reference answer as the benchmark gives it. */
  gold: string;
  /** Some verifiers read conventions (units, choices) out of the question. */
  question?: string;
  /** The texts of the choices in order, for multiple choice. */
  choices?: readonly string[];
  /** True when the output was cut at the token limit. */
  isTruncated?: boolean;
}

export interface VerifierExample extends VerifyInput {
  expect: Outcome;
  /** What the example shows, as a sentence. */
  why: string;
  /** Policy switches that differ from the default. */
  policy?: Readonly<Record<string, unknown>>;
}

/**
 * One way to judge an answer. A changed verdict raises `version`; a changed meaning is a new id.
 * `verify` never throws, never evaluates model text and is deterministic; its caller gives it a thread with a deadline.
 */
export interface Verifier<Policy = unknown> {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  /** What it accepts, in two or three sentences. */
  readonly description: string;
  /** Conventions as data; `policy.parse({})` is the default. Recorded with every score. */
  readonly policy: z.ZodType<Policy>;
  readonly examples: readonly VerifierExample[];
  /**
   * How a benchmark that declares no verifier gets one: the verifier of lowest `order` that claims nearly all golds.
   * Absent for verifiers that must be chosen by name.
   */
  readonly suits?: {
    readonly order: number;
    gold(gold: string, choices: readonly string[] | null): boolean;
  };
  verify(input: VerifyInput, policy: Policy): Verdict;
}
