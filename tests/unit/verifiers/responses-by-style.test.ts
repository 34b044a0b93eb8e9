import { describe, expect, test } from 'vitest';
import { verifiers } from '#lib/verifiers/index.ts';
import type { Outcome, VerifyInput } from '#lib/verifiers/verifier.ts';
import responses from '#tests/fixtures/verifiers/responses-by-style.json' with { type: 'json' };

interface StyledCase extends VerifyInput {
  readonly isRight: boolean;
  /** Where more is asked than whether it is accepted. */
  readonly status?: Outcome;
  /** `math` without it. */
  readonly verifier?: string;
}

const CLASSES = Object.entries(responses as Record<string, readonly StyledCase[]>);

describe.each(CLASSES)('%s', (_name, cases) => {
  test.each(cases)('$gold: $response', ({ isRight, status, verifier, ...input }) => {
    const judge = verifiers.get(verifier ?? 'math');
    const policy: unknown = judge.policy.parse({});
    const verdict = judge.verify(input, policy);
    expect(verdict.status === 'correct').toBe(isRight);
    if (status !== undefined) expect(verdict.status).toBe(status);
    const explanation = judge.explain?.(input, policy);
    const span = explanation?.span ?? null;
    // What is told as the place of the answer must hold it.
    if (isRight && span !== null)
      expect(input.response.slice(span.start, span.end).trim()).not.toBe('');
  });
});
