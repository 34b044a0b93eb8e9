import { z } from 'zod';
import { AppError, type ErrorDetail } from '#lib/errors.ts';
import type { Verifier } from './verifier.ts';

/** The whole policy, defaults included. Throws `invalid_input` that names the switches, or the values of the one that is wrong. */
export function parsePolicy<Policy>(
  verifier: Pick<Verifier<Policy>, 'id' | 'policy'>,
  policy: unknown,
): Policy {
  const parsed = verifier.policy.safeParse(policy);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) => toDetail(verifier, issue));
  throw new AppError(
    'invalid_input',
    `The policy does not fit the verifier ${verifier.id}: ${details[0]?.message ?? 'it is not valid'}.`,
    { details },
  );
}

function toDetail(verifier: Pick<Verifier, 'id' | 'policy'>, issue: z.core.$ZodIssue): ErrorDetail {
  const pointer = ['/policy', ...issue.path.map(String)].join('/');
  return { pointer, code: issue.code, message: describe(verifier, issue) };
}

function describe({ policy }: Pick<Verifier, 'policy'>, issue: z.core.$ZodIssue): string {
  const name = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(z.toJSONSchema(policy, { io: 'input' }).properties ?? {});
    const switches = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
    return `there is no switch ${quoted(issue.keys)}, ${switches}`;
  }
  if (issue.code === 'invalid_value') return `${name} is ${issue.values.map(String).join(' or ')}`;
  return `${name === '' ? 'the policy' : name}: ${issue.message}`;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name.slice(0, 60))).join(', ');
}
