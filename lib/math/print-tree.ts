import { formatRational } from './rational.ts';
import { children, type Node } from './tree.ts';

const MAX_PRINTED = 2000;

/** A tree in brackets, kind first: `(add (symbol x) (number 1))`. Long ones are cut. */
export function printTree(node: Node): string {
  const text = print(node);
  return text.length > MAX_PRINTED ? `${text.slice(0, MAX_PRINTED)}…` : text;
}

function print(node: Node): string {
  const parts = [node.kind, ...attributes(node), ...children(node).map(print)];
  return `(${parts.join(' ')})`;
}

function attributes(node: Node): string[] {
  switch (node.kind) {
    case 'number':
      return [formatRational(node.value)];
    case 'symbol':
    case 'constant':
    case 'call':
      return [node.name];
    case 'relation':
      return [node.ops.join(' ')];
    case 'setop':
    case 'bound':
      return [node.op];
    case 'tuple':
      return [`${node.open}${node.close}`];
    case 'base':
      return [`${node.digits}_${node.base}`];
    case 'text':
      return [JSON.stringify(node.text)];
    case 'item':
      return [node.prefix, node.suffix, node.condition]
        .filter((words) => words !== '')
        .map((words) => JSON.stringify(words));
    default:
      return [];
  }
}
