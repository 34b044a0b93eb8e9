import { agreementOf, isClear } from './agreement.ts';
import { isFinite } from './complex.ts';
import { createPoint, evaluate } from './evaluate.ts';
import { evaluatePrecisely } from './evaluate-precise.ts';
import { different, equal, unknown, type Judgement } from './judgement.ts';
import { limitOf } from './limit.ts';
import { add, AGREEING_BITS, magnitude, negate } from './precise.ts';
import { isLimit, type Node } from './tree.ts';

/** Compares two closed expressions by value, as doubles and then to 50 digits; `prove` is asked before it has to be told. */
export function sameConstant(a: Node, b: Node, prove: () => Judgement | null): Judgement {
  const point = createPoint(new Map());
  const [left, right] = [evaluate(a, point), evaluate(b, point)];
  const agreement = agreementOf(left, right);
  if (agreement === 'differ' && !point.isOpaque) return different('the values differ');
  const proof = prove();
  if (proof !== null) return proof;
  if (agreement === 'differ') return unknown('a part of the expression has no numeric value here');
  const infinity = agreement === 'silent' ? sameInfinity(a, b) : null;
  if (infinity !== null) return infinity;
  if (!(isClear(left) && isClear(right)) && agreement === 'silent')
    return unknown('the value is too large, too small or undefined');
  const differs = differsPrecisely(a, b);
  if (differs === true) return different('the values differ after many equal digits');
  if (differs === false) return equal('both have the same value to 50 digits');
  return differs === null && agreement === 'agree' && !point.hasLost
    ? equal('both have the same value to all digits of a double')
    : unknown(
        isFinite(left) && isFinite(right)
          ? 'the values are too near each other to be told apart'
          : 'the value is too large to be computed',
      );
}

/**
 * Whether two real constants differ within their first 180 bits; `lost` where that would not show, null where one of them
 * is not known that well.
 */
export function differsPrecisely(a: Node, b: Node): boolean | 'lost' | null {
  const [left, right] = [evaluatePrecisely(a), evaluatePrecisely(b)];
  const hasLost = left.hasLost || right.hasLost;
  if (left.value === null || right.value === null) return hasLost ? 'lost' : null;
  const distance = magnitude(add(left.value, negate(right.value)));
  if (distance === -Infinity) return hasLost ? 'lost' : false;
  const scale = Math.max(magnitude(left.value), magnitude(right.value));
  if (distance >= scale - AGREEING_BITS) return true;
  return hasLost ? 'lost' : false;
}

function sameInfinity(a: Node, b: Node): Judgement | null {
  const signs = [a, b].map(infinitySign);
  if (signs[0] === null && signs[1] === null) return null;
  return signs[0] === signs[1]
    ? equal('both are the same infinity')
    : different('only one is that infinity');
}

function infinitySign(node: Node): 1 | -1 | null {
  if (node.kind === 'constant' && node.name === 'inf') return 1;
  if (node.kind === 'percent') return infinitySign(node.arg);
  if (isLimit(node)) {
    const limit = limitOf(node, new Map());
    return limit === 'inf' ? 1 : limit === '-inf' ? -1 : null;
  }
  if (node.kind !== 'negate') return null;
  const sign = infinitySign(node.arg);
  return sign === null ? null : sign === 1 ? -1 : 1;
}
