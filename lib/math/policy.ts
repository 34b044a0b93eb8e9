import { z } from 'zod';

/** Conventions on which benchmarks differ. The defaults are exact mathematics with an unwritten unit allowed. */
export const MathPolicy = z.strictObject({
  /** `sign-optional`: 25 % equals 0.25, and 25 where only one side writes the sign. `exact`: 25 % is 0.25 and nothing else. */
  percent: z.enum(['sign-optional', 'exact']).default('sign-optional'),
  /** `optional`: a unit that only one side writes is ignored. `required`: both or neither. */
  units: z.enum(['optional', 'required']).default('optional'),
  /** Whether the order of a bare list counts. */
  order: z.enum(['free', 'fixed']).default('free'),
  /** `exact`, or `gold-places`: a value that rounds to a decimal reference at the places it is written with. */
  rounding: z.enum(['exact', 'gold-places']).default('exact'),
  /** `either`: 45° equals π/4 and 45. `exact`: 45° equals π/4 only. */
  degrees: z.enum(['either', 'exact']).default('either'),
  /** `quotient`: 3:1 equals 3. `ratio`: a ratio equals only ratios. */
  ratio: z.enum(['quotient', 'ratio']).default('quotient'),
  /** Whether `x ≤ 2` may stand for `(-∞, 2]` and the other way round. */
  relationOrInterval: z.enum(['either', 'as-gold']).default('either'),
  /** Whether `(1, 3)` may stand for `{1, 3}` or `1, 3` when the order agrees. */
  tupleOrSet: z.enum(['same-order', 'as-gold']).default('same-order'),
  /** Whether `3245/5` may stand for 649. */
  unreducedFractions: z.enum(['accept', 'refuse']).default('accept'),
});
export type MathPolicy = z.infer<typeof MathPolicy>;

export const STRICTEST: MathPolicy = {
  percent: 'exact',
  units: 'required',
  order: 'fixed',
  rounding: 'exact',
  degrees: 'exact',
  ratio: 'ratio',
  relationOrInterval: 'as-gold',
  tupleOrSet: 'as-gold',
  unreducedFractions: 'refuse',
};

export const MOST_LENIENT: MathPolicy = {
  percent: 'sign-optional',
  units: 'optional',
  order: 'free',
  rounding: 'gold-places',
  degrees: 'either',
  ratio: 'quotient',
  relationOrInterval: 'either',
  tupleOrSet: 'same-order',
  unreducedFractions: 'accept',
};
