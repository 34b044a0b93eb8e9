import { parseAnswer } from './parse.ts';
import { divisibility } from './set-phrases.ts';
import { MathSyntaxError } from './syntax-error.ts';
import type { Node } from './tree.ts';

/** Cases that are told in a sentence: "n/2 if n is even, and 0 otherwise". */

const GATE = /\b(?:if|when|for|otherwise|else)\b/u;
const WRAPPING =
  /\\(?:text(?:bf|rm|it)?|mathrm)\s*\{([^{}]*)\}|\$|\\[,;:! ]|\\q?quad(?![a-z])|~|\\displaystyle/gu;
const LONGEST = 300;
/** A label before the first case: `f(n) =`. */
const LABEL = /^(?<label>[a-zA-Z](?:_\{?\w\}?|\(\w\))?) ?= ?/u;
/** What parts two cases. */
const JOINT = /(?<=[^\d\s,;])\s?[,;.] ?(?:and |while |but )?| (?:and|while|but) /u;
const WORD = '(?:if|when|whenever|for)';
const BEHIND = new RegExp(`^(?<value>.+?),? ${WORD} (?<condition>.+)$`, 'u');
const BEFORE = new RegExp(
  `^${WORD} (?<condition>[^,:]+)[,:] ?(?:then |the answer is |it is |we get )*(?<value>.+)$`,
  'iu',
);
const OTHERWISE = /^(?<value>.+?),? (?:otherwise|else|in all other cases)$/u;
const OTHERWISE_BEFORE = /^(?:otherwise|else|in all other cases),? ?(?:it is )?(?<value>.+)$/iu;

/** The cases of a sentence as rows of value and condition; null for any other text. */
export function casesIn(text: string): Node | null {
  if (text.length > LONGEST || !GATE.test(text) || text.includes('cases')) return null;
  const plain = text.replace(WRAPPING, ' $1 ').replace(/\s+/gu, ' ').trim().replace(/\.$/u, '');
  const label = LABEL.exec(plain)?.groups?.label;
  const body = label === undefined ? plain : plain.replace(LABEL, '');
  const rows = rowsOf(body, label);
  if (rows === null || rows.length < 2) return null;
  const name = label === undefined ? null : parsed(label);
  const cases: Node = { kind: 'cases', rows };
  return name === null ? cases : { kind: 'relation', ops: ['='], args: [name, cases] };
}

/** Clauses are joined again until each has a value and a condition. */
function rowsOf(text: string, label: string | undefined): Node[][] | null {
  const rows: Node[][] = [];
  let clause = '';
  for (const part of text.split(JOINT)) {
    clause = clause === '' ? part.trim() : `${clause}, ${part.trim()}`;
    const row = rowOf(label === undefined ? clause : clause.replace(LABEL, ''));
    if (row === null) continue;
    rows.push(row);
    clause = '';
  }
  return clause === '' ? rows : null;
}

function rowOf(clause: string): Node[] | null {
  const last = (OTHERWISE.exec(clause) ?? OTHERWISE_BEFORE.exec(clause))?.groups?.value;
  if (last !== undefined) {
    const value = valueOf(last);
    return value === null ? null : [value, { kind: 'text', text: 'otherwise' }];
  }
  const groups = (BEFORE.exec(clause) ?? BEHIND.exec(clause))?.groups;
  if (groups?.value === undefined || groups.condition === undefined) return null;
  const [value, condition] = [valueOf(groups.value), conditionOf(groups.condition)];
  return value === null || condition === null ? null : [value, condition];
}

function valueOf(text: string): Node | null {
  const node = parsed(text);
  return node !== null && VALUES.has(node.kind) ? node : null;
}

const VALUES: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'number',
  'symbol',
  'constant',
  'add',
  'multiply',
  'divide',
  'power',
  'negate',
  'call',
]);

const PARITY =
  /^(?:(?:all |every )?(?<before>odd|even) (?:values of )?(?<name>[a-z])|(?<letter>[a-z]) (?:is )?(?:an )?(?<behind>odd|even)(?: (?:integer|number))?)$/u;
const MULTIPLE =
  /^(?<letter>[a-z]) (?:is )?(?<not>not )?(?:divisible by|a multiple of) (?<modulus>\d{1,3})$/u;

/** A condition on one letter as a relation; null for one that is not understood. */
export function conditionOf(text: string): Node | null {
  const said = text.trim().replace(/^if /u, '');
  const parity = PARITY.exec(said)?.groups;
  if (parity !== undefined) {
    const isOdd = (parity.before ?? parity.behind) === 'odd';
    return parsed(`${parity.name ?? parity.letter ?? ''} \\equiv ${isOdd ? 1 : 0} \\pmod 2`);
  }
  const multiple = MULTIPLE.exec(said)?.groups;
  if (multiple?.letter !== undefined)
    return divisibility(
      `${multiple.modulus ?? ''} \\${multiple.not === undefined ? 'mid' : 'nmid'} ${multiple.letter}`,
    );
  const node = divisibility(said) ?? parsed(said.replace(/^all /u, ''));
  return node?.kind === 'relation' ? node : null;
}

function parsed(text: string): Node | null {
  try {
    return parseAnswer(text);
  } catch (error) {
    if (error instanceof MathSyntaxError) return null;
    throw error;
  }
}
