import type { z } from 'zod';
import type { Rng } from '#lib/rng.ts';

export type Language = 'en' | 'zh';

/** `sound` follows the rules; `reference` reproduces the published verifier, its faults included. */
export type VerdictMode = 'sound' | 'reference';

/**
 * What a task promises of its instances. `unique`: exactly one solution, proved by a solver. `computed`: one answer,
 * worked out by rule. `any-solution`: every filling that obeys the rules is accepted.
 */
export type Guarantee = 'unique' | 'computed' | 'any-solution';

/** One row in the form of the published data set, so that official rows and our own are read alike. */
export interface LogicRow {
  readonly question: string;
  readonly answer: unknown;
  readonly difficulty: number;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

export interface Check {
  readonly ok: boolean;
  /** The first rule that is broken, in one sentence; null when the answer is right. */
  readonly reason: string | null;
}

export interface Solution {
  /** A right answer as a response would state it; null when the instance has none. */
  readonly answer: string | null;
  /** Search nodes of the solver; 0 where no search is needed. */
  readonly nodes: number;
}

/** What makes an instance hard, as numbers that can be compared within one task. */
export type Difficulty = Readonly<Record<string, number>>;

/**
 * One kind of puzzle. `id` is the file's name; the key of the published data set is the id with underscores.
 * A changed instance or verdict raises `version`. A further wording does not: the puzzle of a key stays, and only the words
 * that are drawn for it may be others, which a registered benchmark has stored with its items. Nothing here throws on model text, and none of it is evaluated.
 */
export interface LogicTask<Params = unknown, Instance = unknown, Candidate = unknown> {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  readonly category:
    'arithmetic' | 'code' | 'deduction' | 'grid' | 'language' | 'sequence' | 'space';
  readonly description: string;
  readonly params: z.ZodType<Params>;
  /** Parameters of the levels 1 to 10, in rising difficulty. */
  readonly levels: readonly Params[];
  readonly promise: Guarantee;
  /** How many wordings there are of each language. */
  readonly templates: Readonly<Record<Language, number>>;
  /** Uses no other chance than `rng`; what it returns can be written as JSON and read back unchanged. */
  generate(rng: Rng, params: Params): Instance;
  /** The prompt; it states every rule that is checked and the form of the answer. */
  render(instance: Instance, language: Language, template: number): string;
  toData(instance: Instance, question: string): LogicRow;
  /** Null when the row lacks what a check needs. */
  fromData(data: LogicRow): Instance | null;
  /** Reads the final answer out of a whole response; null when there is none. */
  extract(response: string, instance: Instance): Candidate | null;
  check(candidate: Candidate, instance: Instance): Check;
  /** The stored gold as a response would state it. */
  answer(instance: Instance): string;
  /** Works the answer out from what the prompt shows, without the stored gold. */
  solve(instance: Instance): Solution;
  /** Counts solutions up to `limit`; required where the promise is `unique`. */
  countSolutions?(instance: Instance, limit: number): number;
  difficulty(instance: Instance): Difficulty;
  /** The verdict of the published verifier on this row and response. */
  reference(response: string, data: LogicRow): boolean;
}

/** Lets a plug-in keep its own types while the registry holds it as one of many. */
export function defineTask<Params, Instance, Candidate>(
  task: LogicTask<Params, Instance, Candidate>,
): LogicTask {
  return task;
}

export const RIGHT: Check = { ok: true, reason: null };

export function wrong(reason: string): Check {
  return { ok: false, reason };
}

/** The key of the published data set (`arrow_maze`). */
export function taskKey(task: { readonly id: string }): string {
  return task.id.replaceAll('-', '_');
}
