import { describe, expect, test } from 'vitest';
import { switchesOf, switchLabel } from '#app/verifiers/policy-switches.ts';
import { verifiers } from '#lib/verifiers/index.ts';

describe.each(verifiers.all)('switches of $id', (verifier) => {
  test('their presets are the defaults, and every option is a valid policy', () => {
    const defaults = verifier.policy.parse({}) as Record<string, unknown>;
    for (const { name, options, preset } of switchesOf(verifier)) {
      expect(defaults[name]).toBe(preset);
      expect(options).toContain(preset);
      for (const option of options) {
        expect(verifier.policy.safeParse({ [name]: option }).success, `${name}=${option}`).toBe(
          true,
        );
      }
    }
  });
});

test('the switches of mathematics are all there, in words', () => {
  const names = switchesOf(verifiers.get('math')).map(({ name }) => switchLabel(name));
  expect(names).toEqual(expect.arrayContaining(['percent', 'rounding', 'relation or interval']));
  expect(names.length).toBe(Object.keys(verifiers.get('math').policy.parse({}) as object).length);
});
