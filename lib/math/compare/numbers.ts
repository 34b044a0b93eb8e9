import { compareExactly } from '../identity.ts';
import type { Judgement } from '../judgement.ts';
import type { MathPolicy } from '../policy.ts';
import { negate, type Rational } from '../rational.ts';
import type { Node } from '../tree.ts';

/** Two numbers need no more than their values; null for anything else, and where rounding is allowed. */
export function compareNumbers(gold: Node, answer: Node, policy: MathPolicy): Judgement | null {
  if (policy.rounding !== 'exact') return null;
  const left = numberOf(gold);
  const right = left === null ? null : numberOf(answer);
  return left === null || right === null ? null : compareExactly(left, right);
}

function numberOf(node: Node): Rational | null {
  if (node.kind === 'number') return node.value;
  return node.kind === 'negate' && node.arg.kind === 'number' ? negate(node.arg.value) : null;
}
