import { called } from '../build.ts';
import type { Node } from '../tree.ts';
import { listOf } from './answers.ts';
import type { Grammar } from './grammar.ts';

const ALIGNED = /^(?:align|aligned|gather|gathered|equation|split|eqnarray)$/u;
const CASES: ReadonlySet<string> = new Set(['cases', 'dcases', 'rcases']);

/** Matrices, cases and aligned lines, from behind `\begin{name}` on. */
export function readEnvironment(g: Grammar, name: string): Node {
  const rows = readRows(g, () => isEnd(g)).filter((row) => row.length > 0);
  if (CASES.has(name)) {
    const isSystem = rows.every((row) => row.length === 1 && row[0]?.kind === 'relation');
    return isSystem ? listOf(rows.flat(), 'and') : { kind: 'cases', rows };
  }
  if (ALIGNED.test(name)) return listOf(rows.flat(), null);
  const matrix: Node = { kind: 'matrix', rows };
  return name === 'vmatrix' ? called('det', [matrix], null) : matrix;
}

/** What leads up to a condition. */
const CONDITION = /^[,;]?\s*(?:for|if|when|where|whenever|while|for all|for any|for every)$/iu;

/** `\pmatrix{1 & 2 \cr 3 & 4}` */
export function readOldMatrix(g: Grammar): Node {
  if (!g.eat('lbrace')) throw g.error();
  const rows = readRows(g, () => g.peek() === undefined || g.is('rbrace'));
  return { kind: 'matrix', rows: rows.filter((row) => row.length > 0) };
}

function readRows(g: Grammar, isLast: () => boolean): Node[][] {
  const rows: Node[][] = [[]];
  while (!isLast()) {
    if (g.eat('row')) rows.push([]);
    else if (!g.eat('amp') && !g.eat('comma')) {
      const before = g.index;
      const isCondition = rows.at(-1)?.length === 1 && CONDITION.test(g.peek()?.text ?? '');
      if (isCondition && g.is('text')) g.take();
      g.enter();
      rows.at(-1)?.push(g.list(() => isLast() || g.is('row') || g.is('amp') || g.is('comma')));
      g.leave();
      if (g.index === before) throw g.error();
    }
  }
  if (g.peek() !== undefined) g.take();
  return rows;
}

function isEnd(g: Grammar): boolean {
  const token = g.peek();
  return token === undefined || (token.type === 'command' && token.text.startsWith('end:'));
}
