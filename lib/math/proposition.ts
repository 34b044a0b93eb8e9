import { canonicalKey } from './canonical.ts';
import { different, equal, unknown, type Judgement } from './judgement.ts';
import { LOGICAL } from './traits.ts';
import type { Node } from './tree.ts';

/** A statement of propositional logic, its parts numbered. */
type Proposition =
  | { readonly op: 'atom'; readonly index: number }
  | {
      readonly op: 'not' | 'and' | 'or' | 'implies' | 'iff';
      readonly args: readonly Proposition[];
    };

/** A table of more lines is not written out. */
const MAX_ATOMS = 10;

/** Two statements by their truth tables; null where neither joins statements by signs of logic. */
export function compareStatements(gold: Node, answer: Node): Judgement | null {
  if (!isStatement(gold) && !isStatement(answer)) return null;
  const atoms = new Map<string, Node>();
  const [left, right] = [read(gold, atoms), read(answer, atoms)];
  if (atoms.size > MAX_ATOMS) return unknown('the statements have too many parts');
  for (let line = 0; line < 1 << atoms.size; line += 1) {
    if (holds(left, line) === holds(right, line)) continue;
    return [...atoms.values()].every(({ kind }) => kind === 'symbol')
      ? different('the statements differ in their truth tables')
      : unknown('the parts of the statements may depend on one another');
  }
  return equal('the statements have the same truth table');
}

function isStatement(node: Node): boolean {
  return (node.kind === 'call' && LOGICAL.has(node.name)) || isConditional(node);
}

/** `p → q` between letters and statements; between equations an arrow is a step of a computation. */
function isConditional(node: Node): boolean {
  return (
    node.kind === 'relation' &&
    node.ops.length === 1 &&
    (node.ops[0] === 'implies' || node.ops[0] === 'implied' || node.ops[0] === 'iff') &&
    node.args.every((arg) => arg.kind === 'symbol' || isStatement(arg))
  );
}

function read(node: Node, atoms: Map<string, Node>): Proposition {
  if (isStatement(node)) {
    if (node.kind === 'call')
      return {
        op: node.name as 'not' | 'and' | 'or',
        args: node.args.map((arg) => read(arg, atoms)),
      };
    if (node.kind === 'relation') {
      const args = node.args.map((arg) => read(arg, atoms));
      const op = node.ops[0] as 'implies' | 'implied' | 'iff';
      return op === 'implied' ? { op: 'implies', args: args.reverse() } : { op, args };
    }
  }
  const key = canonicalKey(node);
  if (!atoms.has(key)) atoms.set(key, node);
  return { op: 'atom', index: [...atoms.keys()].indexOf(key) };
}

/** The value of a statement in a line of the table: bit k tells whether part k holds. */
function holds(statement: Proposition, line: number): boolean {
  if (statement.op === 'atom') return ((line >> statement.index) & 1) === 1;
  const values = statement.args.map((arg) => holds(arg, line));
  switch (statement.op) {
    case 'not':
      return values[0] === false;
    case 'and':
      return !values.includes(false);
    case 'or':
      return values.includes(true);
    case 'implies':
      return values[0] === false || values[1] === true;
    case 'iff':
      return values[0] === values[1];
  }
}
