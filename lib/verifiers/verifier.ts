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

/** What must be given for the verdicts of a verifier to mean something, in words for whoever chooses one. */
export interface VerifierNeeds {
  /** The form of the reference. Any other makes every verdict `unverifiable`. */
  readonly reference: string;
  /** A reference in another form; null where any text will do. */
  readonly otherReference: string | null;
  /** How a response has to give its answer. Any other is `unparsed`. */
  readonly response: string;
  /** What the texts of the choices add. Absent where they change no verdict, and so for the next two. */
  readonly choices?: string;
  readonly question?: string;
  /** What the host has to set up: a rule needs nothing. */
  readonly service?: string;
}

/** One switch of a policy by an answer on which its values differ. */
export interface Convention {
  /** Of the switch. */
  readonly name: string;
  /** The question that the switch answers. */
  readonly asks: string;
  readonly gold: string;
  readonly answer: string;
  /** The values under which the answer is right; under the others it is not. */
  readonly rightUnder: readonly string[];
}

/** How a verdict came about, for the reader of a sample page and of `--explain`. */
export interface Explanation {
  readonly verdict: Verdict;
  /** The rule that found the answer; null when none was found. */
  readonly rule: string | null;
  /** Where the answer stands in the response, as UTF-16 offsets; null when none was found. */
  readonly span: { readonly start: number; readonly end: number } | null;
  /** What was read, as a tree in brackets and in canonical form; null where a side could not be read. */
  readonly gold: ReadSide | null;
  readonly answer: ReadSide | null;
  /** The step that decided. */
  readonly step: string;
}

export interface ReadSide {
  readonly text: string;
  readonly tree: string;
  readonly canonical: string;
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
  readonly needs: VerifierNeeds;
  /** Conventions as data; `policy.parse({})` is the default. Recorded with every score. */
  readonly policy: z.ZodType<Policy>;
  readonly examples: readonly VerifierExample[];
  /** Its switches by example, for whoever chooses a policy; every switch where there are any. */
  readonly conventions?: readonly Convention[];
  /**
   * How a benchmark that declares no verifier gets one: the verifier of lowest `order` that claims `share` of its golds.
   * Absent for verifiers that must be chosen by name.
   */
  readonly suits?: {
    readonly order: number;
    /** From 0 to 1: low where the verifier judges other golds too. */
    readonly share: number;
    gold(gold: string, choices: readonly string[] | null): boolean;
  };
  /**
   * The policies that accept least and most: an answer that the strictest accepts every other accepts too. Absent where
   * no switch can change a verdict.
   */
  readonly extremes?: { readonly strictest: Policy; readonly mostLenient: Policy };
  /** Verifiers of one kin judge the same references, so that a run of one can be graded by the others. */
  readonly kin?: 'mathematics';
  verify(input: VerifyInput, policy: Policy): Verdict;
  /** The answer that a reference stands for, where it holds more than that; null when it holds none. */
  showGold?(gold: string): string | null;
  /** The same verdict with the way to it; only for verifiers that have more to tell than the reason. */
  explain?(input: VerifyInput, policy: Policy): Explanation;
}
