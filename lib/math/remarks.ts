import { different, unknown, type Judgement } from './judgement.ts';
import { labelKey, splitLabel } from './labels.ts';
import type { Node, NodeOf } from './tree.ts';

/**
 * What the words beside a value say, as far as they make it another answer. Most words say nothing: units, nouns and
 * announcements are passed over elsewhere.
 */

/** Null where the words of the two sides leave the question to the values. */
export function judgeRemarks(gold: Node, answer: Node): Judgement | null {
  if (gold.kind !== 'item' && answer.kind !== 'item') return null;
  if (isDenied(gold) !== isDenied(answer))
    return isDenied(gold)
      ? unknown('the reference is denied in words')
      : different('the answer is denied in words');
  if (isRepeating(gold) !== isRepeating(answer))
    return unknown('the digits of one side are said to repeat');
  if (isBounded(answer) && !isBounded(gold))
    return different('the words beside the value bound it');
  if (changeOf(gold) !== changeOf(answer))
    return different('the words beside the value change it on one side');
  if (saysWhatLetterIs(gold) || saysWhatLetterIs(answer))
    return wordsOf(gold) === wordsOf(answer)
      ? null
      : unknown('the words say what the letter stands for');
  if (modulusOf(gold) !== '' && modulusOf(answer) !== '' && modulusOf(gold) !== modulusOf(answer))
    return different('the moduli differ');
  return areOpposed(wordsOf(gold), wordsOf(answer))
    ? different('the words beside the values contradict each other')
    : null;
}

export function isDenied(node: Node): boolean {
  return node.kind === 'item' && node.prefix !== '' && DENIAL.test(node.prefix);
}

const DENIAL =
  /^(?:not|no|rather than|instead of)\b|(?:\bnot|\bcannot|\bnever|n['’]t)(?: be| equal(?: to)?)?$/iu;

/** "0.3 recurring" */
function isRepeating(node: Node): boolean {
  return node.kind === 'item' && /\b(?:repeating|recurring|periodic)\b/iu.test(node.suffix);
}

/** "at least 42" is not 42; a reference may bound its value, since the question did. */
function isBounded(node: Node): boolean {
  if (node.kind !== 'item') return false;
  return (
    (node.prefix !== '' && BOUND_BEFORE.test(node.prefix)) ||
    (node.suffix !== '' && BOUND_BEHIND.test(node.suffix))
  );
}

const BOUND_BEFORE =
  /\b(?:at (?:least|most)|(?:more|less|greater|fewer|larger|smaller|higher|lower) than|up to)$/iu;
const BOUND_BEHIND = /^(?:at (?:least|most)|and (?:above|below|up))\b/iu;

/** "twice", "multiples of": what is done to the value; empty where nothing is. */
function changeOf(node: Node): string {
  if (node.kind !== 'item' || node.prefix === '') return '';
  return CHANGE.exec(node.prefix)?.[1]?.toLowerCase() ?? '';
}

const CHANGE =
  /\b(twice|thrice|half|double|negative|minus|(?:square|cube|root|reciprocal|inverse|opposite|multiple|power|permutation|divisor|factor|sum|product)s?(?= of)|divisible(?= by)|congruent(?= to)|except|excluding|other than)(?: of| by| to| for)?(?: the)?(?: first| last)?$/iu;

/** `3 (mod 7)` */
function modulusOf(node: Node): string {
  return node.kind === 'item' ? (/^mod \d+/u.exec(node.suffix)?.[0] ?? '') : '';
}

/** "n is prime" and "all odd n" are statements about the letter, which stands for nothing without them. */
function saysWhatLetterIs(node: Node): boolean {
  if (node.kind !== 'item' || node.value.kind !== 'symbol') return false;
  // "A is larger" names A.
  if (/^[A-Z]$/u.test(node.value.name)) return false;
  return PREDICATE.test(node.suffix) || QUANTIFIED.test(node.prefix);
}

const PREDICATE =
  /^(?:(?:is|are|must|can|may|be|divides|has|have)\b(?! (?:the )?(?:answer|solution|result|correct|right|true)\b)|(?:odd|even|prime|composite|positive|negative|rational|irrational)$)/iu;
const QUANTIFIED = /^(?:all|any|every|each)(?: \p{L}+)+$/iu;

/** The words beside a value in lower case; a name such as `f_{\\min}` before a sign of equality speaks too. */
function wordsOf(node: Node): string {
  if (node.kind === 'relation') return wordsOfLabel(node);
  if (node.kind !== 'item') return '';
  return `${node.prefix} ${nameOf(node)} ${node.suffix}`.toLowerCase().replace(/\s+/gu, ' ').trim();
}

function wordsOfLabel(node: NodeOf<'relation'>): string {
  const { label } = splitLabel(node);
  return label === null ? '' : labelKey(label).replace(/\P{L}+/gu, ' ');
}

/** Whether two members of lists can not be meant by each other, whatever their values. */
export function areOpposedMembers(gold: Node, answer: Node): boolean {
  if (gold.kind !== 'item' && answer.kind !== 'item') return false;
  return areOpposed(wordsOf(gold), wordsOf(answer));
}

function nameOf({ value }: NodeOf<'item'>): string {
  return value.kind === 'symbol' ? value.name : '';
}

/** Words of which at most one can be true of a value. */
const EXCLUSIVE: readonly (readonly string[])[] = [
  [
    'max maximum maximal largest greatest biggest highest longest most',
    'min minimum minimal smallest least lowest shortest fewest',
  ],
  [
    'increase increases increased increasing rise rises rose gain gains gained profit growth',
    'decrease decreases decreased decreasing fall falls fell lose loses lost loss drop drops decline reduction',
  ],
  ['odd', 'even'],
  ['prime primes', 'composite composites'],
  ['rational', 'irrational'],
  ['square squares', 'cube cubes'],
  ['positive', 'negative'],
  ['converges convergent', 'diverges divergent'],
  ['inside internal interior', 'outside external exterior'],
  ['above over', 'below under'],
  ['before', 'after'],
  ['left', 'right'],
  ['up upward upwards', 'down downward downwards'],
  ['north', 'south', 'east', 'west'],
  ['clockwise', 'counterclockwise anticlockwise'],
  ['convex', 'concave'],
  ['horizontal horizontally', 'vertical vertically'],
  ['acute', 'obtuse'],
  ['true', 'false'],
  ['finite', 'infinite'],
  [
    'circle circles',
    'ellipse ellipses',
    'parabola parabolas',
    'hyperbola hyperbolas',
    'line lines',
    'plane planes',
  ],
  ['incenter', 'circumcenter', 'orthocenter', 'centroid', 'excenter'],
  ['mean average', 'median', 'mode'],
  ['area', 'perimeter', 'volume', 'circumference'],
  ['quotient', 'remainder'],
  ['numerator', 'denominator'],
  ['into', 'out'],
  ['boy boys', 'girl girls'],
  ['man men', 'woman women'],
  ['red', 'blue', 'green', 'yellow', 'black', 'white'],
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  [
    'january jan',
    'february feb',
    'march mar',
    'april apr',
    'may',
    'june jun',
    'july jul',
    'august aug',
    'september sep sept',
    'october oct',
    'november nov',
    'december dec',
  ],
];

/** The class of a word and which of its sides it is. */
const SIDES: ReadonlyMap<string, readonly [number, number]> = new Map(
  EXCLUSIVE.flatMap((sides, kind) =>
    sides.flatMap((words, side) =>
      words.split(' ').map((word): [string, readonly [number, number]] => [word, [kind, side]]),
    ),
  ),
);

const NEGATION = /\b(?:not|never|non|cannot|without)\b|n['’]t\b/giu;
/** Words of a bound, which say nothing about extremes. */
const OF_BOUND = /\b(?:at (?:least|most)|not (?:more|less|exceeding)|no (?:more|fewer|less))\b/gu;

/** Whether two texts beside values can not both be true: opposite words, or a negation in one only. */
function areOpposed(gold: string, answer: string): boolean {
  if (gold === '' || answer === '' || gold === answer) return false;
  const [left, right] = [gold.replace(OF_BOUND, ''), answer.replace(OF_BOUND, '')];
  const isNegated = (text: string): boolean => (text.match(NEGATION)?.length ?? 0) % 2 === 1;
  if (isNegated(left) !== isNegated(right)) return true;
  const [told, said] = [sidesOf(left), sidesOf(right)];
  return [...told].some(([kind, side]) => {
    const other = said.get(kind) ?? BOTH;
    return side !== BOTH && other !== BOTH && side !== other;
  });
}

/** Of a class that a text takes more than one side in. */
const BOTH = -1;

/** The side that a text takes in every class. */
function sidesOf(text: string): ReadonlyMap<number, number> {
  const sides = new Map<number, number>();
  for (const word of text.toLowerCase().split(/\P{L}+/u)) {
    const found = SIDES.get(word);
    if (found === undefined) continue;
    const [kind, side] = found;
    sides.set(kind, sides.has(kind) && sides.get(kind) !== side ? BOTH : side);
  }
  return sides;
}
