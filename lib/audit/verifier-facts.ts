import { z } from 'zod';
import { verifiers } from '#lib/verifiers/index.ts';
import type { Verifier, VerifierNeeds } from '#lib/verifiers/verifier.ts';

/** A verifier as a caller chooses it. */
export interface VerifierFacts {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  readonly description: string;
  readonly needs: VerifierNeeds;
  /** Every switch of its policy with its default. */
  readonly policy: Readonly<Record<string, unknown>>;
  /** The values that each switch takes; null for a switch that is a number or a text. */
  readonly values: Readonly<Record<string, readonly unknown[] | null>>;
}

/** Every verifier of the registry, in the order of their ids. */
export function listVerifiers(): VerifierFacts[] {
  return verifiers.all.map(({ id, version, label, description, needs, policy }) => ({
    ...{ id, version, label, description, needs },
    // A policy is an object of switches, as the contract test of the verifiers holds.
    policy: policy.parse({}) as Readonly<Record<string, unknown>>,
    values: valuesOf(policy),
  }));
}

const Property = z.object({ enum: z.array(z.unknown()).optional(), type: z.string().optional() });

function valuesOf(policy: Verifier['policy']): VerifierFacts['values'] {
  const { properties = {} } = z.toJSONSchema(policy, { io: 'input' });
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const property = Property.parse(value);
      return [name, property.enum ?? (property.type === 'boolean' ? [true, false] : null)];
    }),
  );
}

/** What a verifier needs, as pairs of a heading and a text: for lists and pages. */
export function needsText(needs: VerifierNeeds): [heading: string, text: string][] {
  const { reference, response, choices, question, service } = needs;
  const parts: [string, string | undefined][] = [
    ['Reference', reference],
    ['Response', response],
    ['Choices', choices],
    ['Question', question],
    ['Set-up', service],
  ];
  return parts.filter((part): part is [string, string] => part[1] !== undefined);
}
