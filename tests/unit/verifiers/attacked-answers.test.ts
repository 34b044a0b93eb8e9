import { describe, expect, test } from 'vitest';
import { MathPolicy } from '#lib/math/policy.ts';
import { math } from '#lib/verifiers/math.ts';
import attacked from '#tests/fixtures/verifiers/attacked-answers.json' with { type: 'json' };

const DEFAULT = MathPolicy.parse({});

/** The verdicts with either side as the reference. */
function bothWays(a: string, b: string): string[] {
  return [
    math.verify({ gold: a, response: `\\boxed{${b}}` }, DEFAULT).status,
    math.verify({ gold: b, response: `\\boxed{${a}}` }, DEFAULT).status,
  ];
}

describe.each(Object.entries(attacked))('%s', (_name, pairs) => {
  test.each(pairs['never equal'])('%s is never accepted for %s', (a = '', b = '') => {
    expect(bothWays(a, b)).not.toContain('correct');
  });

  test.each(pairs['never different'])(
    '%s is never called another answer than %s',
    (a = '', b = '') => {
      expect(bothWays(a, b)).not.toContain('wrong');
    },
  );
});
