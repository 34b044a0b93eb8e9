import { changeBetween, valueAt } from '../differentials.ts';
import type { Node } from '../tree.ts';
import type { Grammar } from './grammar.ts';

/** `_{x=3}` behind a bar, `_0^1` behind a bar or a bracket: the value there, or the change from one to the other. */
export function readPlace(g: Grammar, body: Node): Node {
  let [low, high]: (Node | null)[] = [null, null];
  while (g.is('underscore') || g.is('caret')) {
    const isLower = g.take().type === 'underscore';
    const place = g.argument();
    if (isLower) low = place;
    else high = place;
  }
  if (low === null || low === undefined)
    return opaque(body, high === null || high === undefined ? [] : [high]);
  const values = assignments(low);
  if (high === null || high === undefined)
    return (values === null ? null : valueAt(body, values)) ?? opaque(body, [low]);
  const [name, from] = values?.size === 1 ? ([...values][0] ?? [null, low]) : [null, low];
  return changeBetween(body, from, high, name) ?? opaque(body, [low, high]);
}

function opaque(body: Node, places: readonly Node[]): Node {
  return { kind: 'call', name: 'at', args: [body, ...places] };
}

/** `x = 3` and `x = 1, y = 2`; null for anything else. */
function assignments(place: Node): Map<string, Node> | null {
  const relations = place.kind === 'set' || place.kind === 'list' ? place.items : [place];
  const values = new Map<string, Node>();
  for (const relation of relations) {
    const [name, value] = relation.kind === 'relation' ? relation.args : [];
    if (relation.kind !== 'relation' || relation.ops.length !== 1 || relation.ops[0] !== '=')
      return null;
    if (name?.kind !== 'symbol' || value === undefined) return null;
    values.set(name.name, value);
  }
  return values;
}
