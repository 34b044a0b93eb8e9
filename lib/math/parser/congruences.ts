import { elementAt } from '#lib/text/element.ts';
import { congruence } from '../build.ts';
import type { Node, NodeOf } from '../tree.ts';
import type { Cursor } from './cursor.ts';

/**
 * `n ≡ 2, 3 (mod 4)` names its modulus once, behind the last residue: every residue before it has the same. Behind a lone
 * value, `3 (mod 7)`, the modulus is a remark.
 */
export function shareModulus(g: Cursor, items: Node[]): void {
  const { modulus } = g;
  g.modulus = null;
  if (modulus === null) return;
  const first = items.findIndex(isOpenCongruence);
  const opening = items[first];
  if (opening?.kind !== 'relation') {
    const last = items.pop();
    if (last !== undefined) items.push(withRemark(last, modulus));
    return;
  }
  const subject = elementAt(opening.args, 0);
  for (const [index, item] of items.entries()) {
    if (index < first) continue;
    const relation: NodeOf<'relation'> = isOpenCongruence(item)
      ? item
      : { kind: 'relation', ops: ['equiv'], args: [subject, item] };
    items[index] = congruence(relation, modulus);
  }
}

function isOpenCongruence(node: Node): node is NodeOf<'relation'> {
  return node.kind === 'relation' && node.ops.at(-1)?.endsWith('equiv') === true;
}

function withRemark(value: Node, modulus: Node): Node {
  const written = modulus.kind === 'number' ? modulus.written : '';
  return { kind: 'item', prefix: '', value, suffix: `mod ${written}`, condition: '' };
}
