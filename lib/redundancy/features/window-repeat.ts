import type { Feature } from './feature.ts';

const WINDOW = 10;
const LEAST_SIMILARITY = 0.85;
const LEAST_SENTENCE = 20;
const SEPARATORS = ['\n', '.', '。'] as const;

/**
 * SimpleRL-Zoo's test for repetition (arXiv 2503.18892, evaluation code): two neighbouring blocks of ten characters, or two
 * neighbouring pieces of at least twenty between line breaks or full stops, with a Jaccard similarity of 0.85 or more. A piece
 * with both a space and a line break is compared by words, any other by its set of characters. A text without a line break is
 * not cut at stops either, as there. Chinese is compared by characters, where the original has a word segmenter.
 */
export function hasWindowRepeat(text: string): boolean {
  if (text.length <= WINDOW) return false;
  return hasLikeBlocks(text) || hasLikePieces(text);
}

function hasLikeBlocks(text: string): boolean {
  const hasPairs = SURROGATE.test(text);
  const skip = (start: number): number | null => {
    if (hasPairs) return skipPoints(text, start, WINDOW);
    return start + WINDOW > text.length ? null : start + WINDOW;
  };
  let previous = 0;
  let lineBreak = text.indexOf('\n');
  for (let start = skip(0); start !== null;) {
    const end = skip(start);
    if (end === null) return false;
    if (lineBreak >= 0 && lineBreak < previous) lineBreak = text.indexOf('\n', previous);
    // Blocks with a line break may be compared by words, which the quick look knows nothing of.
    const isOneLine = lineBreak < 0 || lineBreak >= end;
    const isPossible = !isOneLine || mayBeAlike(text, previous, start, end);
    if (isPossible && areAlike(text, previous, start, end)) return true;
    [previous, start] = [start, end];
  }
  return false;
}

const SURROGATE = /[\ud800-\udfff]/;

function areAlike(text: string, previous: number, start: number, end: number): boolean {
  return similarity(partsOf(text, previous, start), partsOf(text, start, end)) >= LEAST_SIMILARITY;
}

/**
 * Sets of at most ten that are 0.85 alike differ in one member, so of the later block no two different characters
 * may be missing in the earlier. Spares nearly all blocks the full comparison.
 */
function mayBeAlike(text: string, previous: number, start: number, end: number): boolean {
  let missing = -1;
  for (let i = start; i < end; i += 1) {
    const code = text.charCodeAt(i);
    // A surrogate may be half of a character.
    if (code > 127) return true;
    let at = previous;
    while (at < start && text.charCodeAt(at) !== code) at += 1;
    if (at < start || code === missing) continue;
    if (missing >= 0) return false;
    missing = code;
  }
  return true;
}

function hasLikePieces(text: string): boolean {
  for (const separator of SEPARATORS) {
    if (!text.includes(separator)) return false;
    let previous: PartSet | null = null;
    for (let start = 0; start <= text.length;) {
      const found = text.indexOf(separator, start);
      const end = found < 0 ? text.length : found;
      if (end - start >= LEAST_SENTENCE && skipPoints(text, start, LEAST_SENTENCE, end) !== null) {
        const current = partsOf(text, start, end);
        if (previous !== null && similarity(previous, current) >= LEAST_SIMILARITY) return true;
        previous = current;
      }
      start = end + 1;
    }
  }
  return false;
}

/** The offset after so many characters, or null when the text ends before. */
function skipPoints(
  text: string,
  start: number,
  count: number,
  limit = text.length,
): number | null {
  let at = start;
  for (let point = 0; point < count; point += 1) {
    if (at >= limit) return null;
    const code = text.charCodeAt(at);
    at += code >= 0xd800 && code < 0xdc00 && at + 1 < limit ? 2 : 1;
  }
  return at;
}

/** A set of characters or words: those of ASCII as 128 bits, since nearly all blocks hold no others. */
interface PartSet {
  controls: number;
  digits: number;
  upper: number;
  lower: number;
  /** Hashes of words, or other characters by their code. */
  others: ReadonlySet<number>;
}

function partsOf(text: string, start: number, end: number): PartSet {
  let [controls, digits, upper, lower, isAscii] = [0, 0, 0, 0, true];
  for (let i = start; i < end; i += 1) {
    const code = text.charCodeAt(i);
    // Shifts take their right side modulo 32.
    if (code < 32) controls |= 1 << code;
    else if (code < 64) digits |= 1 << code;
    else if (code < 96) upper |= 1 << code;
    else if (code < 128) lower |= 1 << code;
    else isAscii = false;
  }
  const hasSpace = (digits & 1) !== 0;
  const hasLineBreak = (controls & (1 << 10)) !== 0;
  if (hasSpace && hasLineBreak) {
    const others = wordHashes(text, start, end);
    return { controls: 0, digits: 0, upper: 0, lower: 0, others };
  }
  if (isAscii) return { controls, digits, upper, lower, others: NONE };
  const points = Array.from(text.slice(start, end), (character) => character.codePointAt(0) ?? 0);
  return { controls, digits, upper, lower, others: new Set(points.filter((point) => point > 127)) };
}

/** Words between white space by a 32-bit hash (FNV-1a): a piece holds too few for two to share one. */
function wordHashes(text: string, start: number, end: number): Set<number> {
  const hashes = new Set<number>();
  let [hash, isInside] = [0x811c9dc5, false];
  for (let i = start; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (code <= 32 || code === 0xa0 || code === 0x3000) {
      if (isInside) hashes.add(hash);
      [hash, isInside] = [0x811c9dc5, false];
    } else {
      hash = Math.imul(hash ^ code, 0x01000193);
      isInside = true;
    }
  }
  if (isInside) hashes.add(hash);
  return hashes;
}

function similarity(a: PartSet, b: PartSet): number {
  let both =
    countBits(a.controls & b.controls) +
    countBits(a.digits & b.digits) +
    countBits(a.upper & b.upper) +
    countBits(a.lower & b.lower);
  let either =
    countBits(a.controls | b.controls) +
    countBits(a.digits | b.digits) +
    countBits(a.upper | b.upper) +
    countBits(a.lower | b.lower);
  if (a.others.size + b.others.size > 0) {
    let shared = 0;
    for (const part of a.others) if (b.others.has(part)) shared += 1;
    both += shared;
    either += a.others.size + b.others.size - shared;
  }
  return either === 0 ? 1 : both / either;
}

const NONE: ReadonlySet<number> = new Set();

/** The bits of a 32-bit word by halves (Warren, "Hacker's Delight", section 5-1). */
function countBits(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export const windowRepeat: Feature = {
  id: 'window-repeat',
  version: 1,
  label: 'Repetition by the rule of SimpleRL-Zoo',
  description:
    'Whether two neighbouring blocks of ten characters, or two neighbouring sentences, consist of nearly the same characters, 1 or 0. Compares sets of characters, so long sentences are often alike by chance.',
  unit: 'share',
  measure: ({ text }) => Number(hasWindowRepeat(text)),
};
