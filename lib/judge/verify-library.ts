import path from 'node:path';
import { verifiers } from '#lib/verifiers/index.ts';
import { parsePolicy } from '#lib/verifiers/parse-policy.ts';
import type { Explanation, Verdict, VerifyInput } from '#lib/verifiers/verifier.ts';
import { listVerifiers, type VerifierFacts } from '#lib/audit/verifier-facts.ts';
import { VerdictPool } from './verdict-pool.ts';

/** Which verifier judges, and what of its policy differs from the default. */
export interface VerifyOptions {
  /** An id of `listVerifiers`; `math` without it. */
  readonly verifier?: string;
  readonly policy?: Readonly<Record<string, unknown>>;
}

export { listVerifiers };
export type { Explanation, Verdict, VerifierFacts, VerifyInput };

/**
 * Judges one answer in the calling thread. Input is capped and never evaluated, so that a verdict takes milliseconds; for
 * answers of strangers at scale, `createVerifierPool` adds a deadline and a memory limit. Throws an `AppError` for a
 * verifier or a switch that does not exist, never because of an answer.
 */
export function verify(input: VerifyInput, options: VerifyOptions = {}): Verdict {
  const { verifier, policy } = chosen(options);
  return verifier.verify(input, policy);
}

/** The verdict with the way to it; null for verifiers with no more to tell than their reason. */
export function explain(input: VerifyInput, options: VerifyOptions = {}): Explanation | null {
  const { verifier, policy } = chosen(options);
  return verifier.explain?.(input, policy) ?? null;
}

/** Judges in threads: 2 s and 512 MB a verdict, after which it is `unverifiable` and the next one goes on. */
export interface VerifierPool {
  /** Verdicts in the order of the inputs. */
  verify(inputs: readonly VerifyInput[], options?: VerifyOptions): Promise<Verdict[]>;
  /** Ends the threads; without it the process does not end. */
  close(): Promise<void>;
}

/** Threads are started when the first inputs come. */
export function createVerifierPool(workers: number): VerifierPool {
  const pool = new VerdictPool(workers, { root: path.resolve(import.meta.dirname, '../..') });
  return {
    async verify(inputs, options = {}) {
      const { verifier } = chosen(options);
      const plan = { verifier: verifier.id, policy: options.policy ?? {} };
      const size = Math.max(1, Math.ceil(inputs.length / workers));
      const parts = Array.from({ length: Math.ceil(inputs.length / size) }, (_, index) =>
        pool.judge(plan, inputs.slice(index * size, (index + 1) * size)),
      );
      return (await Promise.all(parts)).flat().map(({ verdict }) => verdict);
    },
    close: () => pool.close(),
  };
}

function chosen({ verifier: id = 'math', policy = {} }: VerifyOptions) {
  const verifier = verifiers.get(id);
  return { verifier, policy: parsePolicy(verifier, policy) };
}
