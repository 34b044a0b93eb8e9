import { z } from 'zod';
import type { Verifier } from '#lib/verifiers/verifier.ts';

/** A convention that has a few named values. */
export interface PolicySwitch {
  name: string;
  options: string[];
  preset: string;
  description: string | null;
}

const Property = z.object({
  enum: z.array(z.string()).min(2),
  default: z.string(),
  description: z.string().optional(),
});

/** The switches of a verifier, read from the schema of its policy; what is no choice among names is left out. */
export function switchesOf(verifier: Pick<Verifier, 'policy'>): PolicySwitch[] {
  const { properties = {} } = z.toJSONSchema(verifier.policy, { io: 'input' });
  return Object.entries(properties).flatMap(([name, value]) => {
    const property = Property.safeParse(value);
    if (!property.success) return [];
    const { enum: options, default: preset, description = null } = property.data;
    return [{ name, options, preset, description }];
  });
}

/** `sameOrder` as words: `same order`. */
export function switchLabel(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
}
