import { elementAt } from '#lib/text/element.ts';
import { clockTime } from '../clock.ts';
import { evaluateExact } from '../exact.ts';
import { sameValue } from '../identity.ts';
import { all, different, equal, unknown, type Judgement } from '../judgement.ts';
import type { MathPolicy } from '../policy.ts';
import { compareScalars } from '../scalar.ts';
import { product, type Node } from '../tree.ts';

/** Two ratios by proportion, times of day by the clock; a ratio of two beside a value is its quotient. */
export function compareRatios(gold: Node, answer: Node, policy: MathPolicy): Judgement {
  if (gold.kind === 'ratio' && answer.kind === 'ratio') {
    const [goldTime, answerTime] = [clockTime(gold), clockTime(answer)];
    if (goldTime !== null && answerTime !== null)
      return goldTime === answerTime ? equal('the same time') : different('the times differ');
    return inProportion(gold.args, answer.args);
  }
  const [ratio, other] = gold.kind === 'ratio' ? [gold, answer] : [answer, gold];
  if (ratio.kind !== 'ratio' || ratio.args.length !== 2 || policy.ratio === 'ratio')
    return different('only one side is a ratio');
  const quotient: Node = {
    kind: 'divide',
    top: elementAt(ratio.args, 0),
    bottom: elementAt(ratio.args, 1),
  };
  return gold.kind === 'ratio'
    ? compareScalars(quotient, other, policy)
    : compareScalars(other, quotient, policy);
}

/** By cross multiplication with the first part that is not zero. */
function inProportion(gold: readonly Node[], answer: readonly Node[]): Judgement {
  if (gold.length !== answer.length) return different('the ratios have different lengths');
  const isZero = (node: Node): boolean => evaluateExact(node)?.n === 0n;
  const zeros = gold.map(isZero);
  if (answer.some((part, index) => isZero(part) !== zeros[index]))
    return different('a part of one ratio only is zero');
  const pivot = zeros.indexOf(false);
  if (pivot === -1) return unknown('a ratio of zeros has no value');
  const [goldPivot, answerPivot] = [elementAt(gold, pivot), elementAt(answer, pivot)];
  return all(
    gold.length,
    (index) =>
      sameValue(
        product(elementAt(gold, index), answerPivot),
        product(elementAt(answer, index), goldPivot),
      ),
    'the ratios are in proportion',
  );
}
