import { integer, type Node } from './tree.ts';

/** The tree with every `\log` that names no base to the base 10; one without such a logarithm comes back as it is. */
export function withCommonLogs(node: Node): Node {
  switch (node.kind) {
    case 'call': {
      const args = swapped(node.args);
      if (node.isBare === true) return { kind: 'call', name: 'log', args: [...args, integer(10)] };
      return args === node.args ? node : { ...node, args };
    }
    case 'add':
    case 'multiply': {
      const args = swapped(node.args);
      return args === node.args ? node : { kind: node.kind, args };
    }
    case 'negate': {
      const arg = withCommonLogs(node.arg);
      return arg === node.arg ? node : { kind: 'negate', arg };
    }
    case 'divide': {
      const [top, bottom] = [withCommonLogs(node.top), withCommonLogs(node.bottom)];
      return top === node.top && bottom === node.bottom ? node : { kind: 'divide', top, bottom };
    }
    case 'power': {
      const [base, exponent] = [withCommonLogs(node.base), withCommonLogs(node.exponent)];
      return base === node.base && exponent === node.exponent
        ? node
        : { kind: 'power', base, exponent };
    }
    default:
      return node;
  }
}

function swapped(nodes: readonly Node[]): readonly Node[] {
  const others = nodes.map(withCommonLogs);
  return others.every((other, index) => other === nodes[index]) ? nodes : others;
}
