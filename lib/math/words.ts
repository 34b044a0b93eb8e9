import { STRUCTURE, traitsOf } from './traits.ts';
import { children, type Node } from './tree.ts';
import { readUnit } from './unit-table.ts';

/** Words that carry no meaning of their own around an answer. */
const FILLER = /\b(?:the|a|an|is|are|of|about|approximately|exactly|only|and|or|answer|value)\b/giu;
const COMMAND =
  /\\(?:text(?:bf|rm|it|normal|sf|tt)?|mathrm|mathbf|mathit|mbox|operatorname|left|right|displaystyle|boxed)(?![a-zA-Z])/gu;

/** A text answer reduced to what counts: letters and digits in lower case, without articles and LaTeX wrapping. */
export function normalizeText(text: string): string {
  if (isPlainWord(text)) return isArticle(text) ? '' : text;
  return text
    .replace(COMMAND, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\b(?:the|a|an)\b/gu, ' ')
    .replace(/[^\p{L}\p{N}+\-<>=/^%]+/gu, ' ')
    .trim()
    .replace(/\s+/gu, ' ');
}

/** The same text up to white space, dollars, sizing commands and a final point. */
export function isSameWriting(a: string, b: string): boolean {
  if (!haveSameSigns(a, b)) return false;
  if (isSqueezed(a) && isSqueezed(b)) return a === b;
  const left = squeezed(a);
  return left !== '' && (a === b || left === squeezed(b));
}

const TEXT_GROUP =
  /\\(?:text(?:bf|rm|it|normal|sf|tt)?|mathrm|mathbf|mathit|mbox)\s*\{([^{}]*)\}/gu;
/** White space between digits keeps two numbers apart. */
const BETWEEN_DIGITS = /(?<=\d)\s+(?=\d)/gu;
/** `1, 000` is a list, since no group of digits follows a space. */
const BEFORE_ZEROS = /(?<=\d,)\s+(?=0\d)/gu;
const SIZING = /\\(?:left|right|bigg?[lr]?|Bigg?[lr]?|displaystyle|[,;:! ])(?![a-zA-Z])|[$\s~]/gu;

/** Whether there is nothing to leave out: no command, white space or dollar, no point or comma at the end. */
function isSqueezed(text: string): boolean {
  return /^[^\\\s$~]*[^\\\s$~.,]$/u.test(text);
}

/** Characters that are never left out, so that they must be the same in order. */
const KEPT: ReadonlySet<string> = new Set('0123456789+-*/^()[]=<>&%');
const IS_KEPT = Array.from({ length: 128 }, (_, code) => KEPT.has(String.fromCharCode(code)));

function haveSameSigns(a: string, b: string): boolean {
  let [left, right] = [nextSign(a, 0), nextSign(b, 0)];
  while (left < a.length && right < b.length) {
    if (a.charCodeAt(left) !== b.charCodeAt(right)) return false;
    left = nextSign(a, left + 1);
    right = nextSign(b, right + 1);
  }
  return left >= a.length && right >= b.length;
}

function nextSign(text: string, from: number): number {
  let index = from;
  while (index < text.length && IS_KEPT[text.charCodeAt(index)] !== true) index += 1;
  return index;
}

function squeezed(text: string): string {
  const apart = /\s/u.test(text)
    ? text.replace(BETWEEN_DIGITS, '_').replace(BEFORE_ZEROS, '_')
    : text;
  const plain = apart.includes('\\')
    ? apart.replace(TEXT_GROUP, '$1').replace(/\\[dt]frac/gu, '\\frac')
    : apart;
  return plain.replace(SIZING, '').replace(/[,.]$/u, '');
}

/** How many words stand around the values of a tree; fillers are not counted. */
export function countWords(node: Node): number {
  return (traitsOf(node) & STRUCTURE) === 0 ? 0 : countAll(node);
}

function countAll(node: Node): number {
  let count = 0;
  // Conditions of cases are part of the value.
  if (node.kind === 'cases') return 0;
  if (node.kind === 'text') count += wordsIn(node.text);
  if (node.kind === 'item')
    count += wordsIn(node.prefix) + (isUnit(node.suffix) ? 1 : wordsIn(node.suffix));
  for (const child of children(node)) count += countAll(child);
  return count;
}

/** `m/s^2` is one word. */
function isUnit(text: string): boolean {
  return text.includes('/') && readUnit(text) !== null;
}

/** Words without capitals and signs, as most units are, have nothing to be reduced. */
function isPlainWord(text: string): boolean {
  return /^[a-z]*$/u.test(text);
}

function isArticle(word: string): boolean {
  return word === 'the' || word === 'a' || word === 'an';
}

function wordsIn(text: string): number {
  if (text === '') return 0;
  return text
    .replace(FILLER, ' ')
    .split(/[^\p{L}\p{N}]+|(?<=\p{Script=Han}{2})/u)
    .filter((word) => word !== '').length;
}

/** Words that speak to a grader instead of answering, or take the answer back. */
const ADDRESS =
  /\b(?:output|score|judge?ment|verdict|accept(?:ed)?|ignore|regardless|irrespective|grade|grader|reply|equivalent|incorrect|wrong|unknown|maybe|perhaps|possibly|probably|refuse|decline)\b/iu;

/** Whether the words around a value are about the grading or about doubt. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

/** Whether a tree holds a value at all, not only words. */
export function hasValue(node: Node): boolean {
  if (node.kind === 'text') return false;
  if (node.kind === 'item') return hasValue(node.value);
  if (node.kind === 'list') return node.items.some(hasValue);
  return true;
}
