import { describe, expect, test } from 'vitest';
import { verifiers } from '#lib/verifiers/index.ts';

/** Words that every JavaScript object answers to: a table that is asked for one must not find it. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);
const FORMS = [
  (name: string) => name,
  (name: string) => `\\boxed{${name}}`,
  (name: string) => `\\boxed{\\text{${name}}}`,
  (name: string) => `\\boxed{\\${name}{2}}`,
  (name: string) => `\\boxed{3 \\text{ ${name}}}`,
  (name: string) => `\\boxed{x_${name}^${name} \\not\\${name} ${name}(2)}`,
  (name: string) => `{"${name}": 1}`,
];

describe.each(verifiers.all)('$id', (verifier) => {
  const policy: unknown = verifier.policy.parse({});
  test.each(NAMES)('takes %s for a word', (name) => {
    for (const form of FORMS) {
      expect(verifier.verify({ gold: '77', response: form(name) }, policy).status).not.toBe(
        'correct',
      );
      expect(() => verifier.verify({ gold: form(name), response: '1' }, policy)).not.toThrow();
    }
  });
});
