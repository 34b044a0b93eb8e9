import { different, type Judgement } from './judgement.ts';
import type { MathPolicy } from './policy.ts';
import type { Node } from './tree.ts';
import { normalizeText } from './words.ts';

export interface WithoutUnits {
  /** Decided already when the units forbid equality; else null. */
  readonly judgement: Judgement | null;
  readonly gold: Node;
  readonly answer: Node;
}

/** Takes words and units off both sides. Two known units that differ are a difference. */
export function compareUnits(gold: Node, answer: Node, policy: MathPolicy): WithoutUnits {
  const [left, right] = [unitOf(gold), unitOf(answer)];
  const bare = { gold: valueOf(gold), answer: valueOf(answer) };
  if (left === null && right === null) return { judgement: null, ...bare };
  if (policy.units === 'required' && (left === null) !== (right === null)) {
    return { judgement: different('a unit stands on one side only'), ...bare };
  }
  const isClash =
    left !== null && right !== null && left !== right && isKnown(left) && isKnown(right);
  return { judgement: isClash ? different('the units differ') : null, ...bare };
}

function valueOf(node: Node): Node {
  return node.kind === 'item' ? valueOf(node.value) : node;
}

/** Singular, without powers written in words; null when nothing follows the value. */
function unitOf(node: Node): string | null {
  if (node.kind !== 'item' || node.suffix === '') return null;
  const name = normalizeText(node.suffix);
  if (name === '') return null;
  return SYNONYMS[name] ?? name;
}

function isKnown(name: string): boolean {
  return Object.values(SYNONYMS).includes(name);
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  mm: ['mm', 'millimeter', 'millimeters', 'millimetre', 'millimetres'],
  cm: ['cm', 'centimeter', 'centimeters', 'centimetre', 'centimetres'],
  m: ['m', 'meter', 'meters', 'metre', 'metres'],
  km: ['km', 'kilometer', 'kilometers', 'kilometre', 'kilometres'],
  inch: ['inch', 'inches'],
  foot: ['foot', 'feet', 'ft'],
  mile: ['mile', 'miles', 'mi'],
  g: ['g', 'gram', 'grams'],
  kg: ['kg', 'kilogram', 'kilograms'],
  second: ['s', 'sec', 'second', 'seconds'],
  minute: ['min', 'minute', 'minutes'],
  hour: ['h', 'hr', 'hour', 'hours'],
  day: ['day', 'days'],
  am: ['am', 'a m'],
  pm: ['pm', 'p m'],
};
const SYNONYMS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NAMES).flatMap(([name, others]) => others.map((other) => [other, name])),
);
