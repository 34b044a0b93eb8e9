import { casesIn } from './case-words.ts';
import { MathSyntaxError } from './syntax-error.ts';
import { parseAnswer } from './parse.ts';
import { partsOf, type Part } from './parts.ts';
import { withPermutations } from './permutations.ts';
import { phraseValue } from './phrases.ts';
import { spelledNumber, type SpelledNumber } from '#lib/text/number-words.ts';
import { divisibility } from './set-phrases.ts';
import { verdictOf } from './statements.ts';
import { integer, type Node } from './tree.ts';
import { countWords, hasValue } from './words.ts';

/** What was understood of a text. */
export type Reading =
  | {
      readonly kind: 'value';
      readonly node: Node;
      /** Words around the values, fillers not counted. */ readonly words: number;
    }
  | { readonly kind: 'words'; readonly node: Node }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** "one" */
const MIN_SPELLED = 3;
const MAX_SPELLED = 120;

function withoutWrapping(text: string): string {
  return text.replace(/\\(?:text(?:bf|rm|it)?|mathrm)\s*\{([^{}]*)\}/gu, '$1');
}

function ofSpelled({ top, bottom, isPercent }: SpelledNumber): Node {
  const value: Node =
    bottom === 1 ? integer(top) : { kind: 'divide', top: integer(top), bottom: integer(bottom) };
  return isPercent ? { kind: 'percent', arg: value } : value;
}

const REMAINDER =
  /^(\d{1,15})[\s~]*(?:R|r\.?|rem(?:ainder)?\.?|with (?:a )?remainder(?: of)?|,? ?remainder(?: (?:is|of))?)[\s~]*(\d{1,15})$/u;
/** Longer than any quotient with its remainder. */
const MAX_DIVISION = 80;

/** `3 R 1` and "3 remainder 1" are a quotient with its remainder, and no product or list; null for anything else. */
function divisionWithRemainder(text: string): Node | null {
  if (text.length > MAX_DIVISION || !/^\d{1,15}\D{1,40}\d{1,15}$/u.test(text)) return null;
  const match = REMAINDER.exec(withoutWrapping(text).replace(/\\[ ,;]|\\ldots/gu, ' '));
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const args = [match[1], match[2]].map((digits) => integer(BigInt(digits)));
  return { kind: 'call', name: 'quotient and remainder', args };
}

/** Reads a text as a mathematical answer. Never throws; what can't be read says why. */
export function readAnswer(text: string): Reading {
  const isSpelled =
    text.length >= MIN_SPELLED && text.length <= MAX_SPELLED && /^[a-zA-Z\s_{}\\,-]+$/u.test(text);
  const spelled = isSpelled ? spelledNumber(withoutWrapping(text)) : null;
  if (spelled !== null) return { kind: 'value', node: ofSpelled(spelled), words: 0 };
  const division = divisionWithRemainder(text);
  if (division !== null) return { kind: 'value', node: division, words: 0 };
  const parts = partsOf(text);
  if (parts !== null) return readParts(parts);
  const verdict = verdictOf(text);
  if (verdict !== null) return { kind: 'words', node: { kind: 'text', text: verdict } };
  const cases = casesIn(text);
  if (cases !== null) return { kind: 'value', node: cases, words: 0 };
  try {
    const node = parseAnswer(text);
    const words = countWords(node);
    const named = words > 0 ? (phraseValue(text) ?? permuted(text, node)) : null;
    if (named !== null) return { kind: 'value', node: named, words: 0 };
    if (node.kind === 'text') return readCondition(node.text) ?? { kind: 'words', node };
    return hasValue(node) ? { kind: 'value', node, words } : { kind: 'words', node };
  } catch (error) {
    if (!(error instanceof MathSyntaxError)) throw error;
    const node = divisibility(text);
    if (node === null && LEADING_ARROW.test(text))
      return readAnswer(text.replace(LEADING_ARROW, ''));
    return node === null
      ? { kind: 'unreadable', reason: error.message }
      : { kind: 'value', node, words: 0 };
  }
}

const LEADING_ARROW = /^\s*\\(?:iff|(?:long)?leftrightarrow)(?![a-z])/iu;
const CONDITION =
  /^(?:(?:if and )?only (?:if|when|for)|iff|(?:exactly|precisely) (?:when|if|for)|when|for)\b/iu;

/** "if and only if a = b" and "for n ≥ 5 only" say what holds; null for other words. */
function readCondition(text: string): Reading | null {
  if (!CONDITION.test(text)) return null;
  const formula = text.replace(CONDITION, '').replace(/(?:\\text\s?\{\s?)?\bonly\s?\}?$/iu, '');
  if (/\b(?:all|any|every|each|some)\b/iu.test(formula)) return null;
  const reading = readAnswer(formula);
  const isFormula = reading.kind === 'value' && reading.words === 0;
  return isFormula && isCondition(reading.node) ? reading : null;
}

function isCondition(node: Node): boolean {
  return node.kind === 'list' ? node.items.some(isCondition) : node.kind === 'relation';
}

function permuted(text: string, node: Node): Node | null {
  return text.includes('permutation') ? withPermutations(node) : null;
}

/** `(a) 3 (b) 5` as values with the names of their parts. */
function readParts(parts: readonly Part[]): Reading {
  const readings = parts.map(({ text }) => readAnswer(text));
  const isValue = readings.some(({ kind }) => kind === 'value');
  let words = 0;
  const items: Node[] = [];
  for (const [place, reading] of readings.entries()) {
    if (reading.kind === 'unreadable') return reading;
    if (reading.kind === 'value') words = Math.max(words, reading.words);
    const name: Node = { kind: 'symbol', name: `part_${parts[place]?.label ?? ''}` };
    items.push({ kind: 'relation', ops: ['='], args: [name, reading.node] });
  }
  const node: Node = { kind: 'list', items, word: null };
  return isValue ? { kind: 'value', node, words } : { kind: 'words', node };
}
