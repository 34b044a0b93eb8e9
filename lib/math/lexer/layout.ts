import { closingBrace } from '#lib/text/boxes.ts';
import type { Scan } from './scan.ts';

/** Commands for the place of a sign on the page: most say nothing, some are part of the notation. */

/** A group for layout is short; a longer one is left to the parser. */
const MAX_GROUP = 200;

/** Where the group in braces after a command begins and ends; null where none follows or it is long. */
function groupBehind(text: string, from: number): { open: number; close: number } | null {
  let open = from;
  while (text[open] === ' ' || text[open] === '*') open += 1;
  if (text[open] !== '{') return null;
  const close = closingBrace(text.slice(open, open + MAX_GROUP), 0);
  return close === null ? null : { open, close: open + close };
}

/** Drops a command with its braces. */
export function readSkipped(scan: Scan, end: number): void {
  const group = groupBehind(scan.text, end);
  scan.skip(group === null ? end : group.close + 1);
}

const LENGTH = /^\s?-?[\d.]{1,6}\s?(?:pt|em|ex|mu|mm|cm|in|px)?/u;

/** Drops a command with the length behind it, as in `\mkern2mu`. */
export function readLength(scan: Scan, end: number): void {
  scan.skip(end + (LENGTH.exec(scan.text.slice(end, end + 12))?.[0].length ?? 0));
}

/** Reads what stands in braces as if they were not there. */
export function readSpliced(scan: Scan, end: number): void {
  const group = groupBehind(scan.text, end);
  if (group === null) {
    scan.skip(end);
    return;
  }
  scan.tokens.push(...scan.inner(scan.text.slice(group.open + 1, group.close)));
  scan.skip(group.close + 1);
}

const SIGN = /^\s*(?:[=<>~+-]|\\[a-zA-Z]{2,20})\s*$/u;
const OPERATOR = /^\s*\\(?:lim|max|min|sup|inf|sum|prod|int)\s*$/u;

/** `\stackrel{?}{=}` is the sign, `\underset{x \to 0}{\lim}` has its place below; a mark over a letter is left out. */
export function readStacked(scan: Scan, name: string, end: number): void {
  const { text } = scan;
  const mark = groupBehind(text, end);
  const below = mark === null ? null : groupBehind(text, mark.close + 1);
  if (mark === null || below === null) {
    scan.skip(mark === null ? end : mark.close + 1);
    return;
  }
  const content = text.slice(below.open + 1, below.close);
  if (OPERATOR.test(content)) {
    const [before, behind] = [`${content}${name === 'underset' ? '_' : '^'}`, mark];
    scan.tokens.push(...scan.inner(`${before}${text.slice(behind.open, behind.close + 1)}`));
    scan.skip(below.close + 1);
  } else if (SIGN.test(content)) {
    scan.tokens.push(...scan.inner(content));
    scan.skip(below.close + 1);
  } else scan.skip(mark.close + 1);
}

/**
 * `\left`, `\big` and their like say nothing but for `\left.`, which opens what is evaluated where its partner is the bar of
 * `\right|_{x=3}`.
 */
export function readSizing(scan: Scan, name: string, end: number): void {
  const { text, index } = scan;
  if (scan.evaluationEnds.has(index)) {
    scan.push('close', 'at', end + (BAR.exec(text.slice(end, end + 8))?.[0].length ?? 0));
    return;
  }
  if (text[end] !== '.') {
    scan.skip(end);
    return;
  }
  const partner = name === 'left' ? partnerOf(text, end) : null;
  if (partner === null) {
    scan.skip(end + 1);
    return;
  }
  scan.evaluationEnds.add(partner);
  scan.push('open', 'at', end + 1);
}

const BAR = /^(?:\||\\r?vert)\s*(?=[_^])/u;
const SIDES = /\\m?(left|right)(?![a-zA-Z])/gu;
/** What is evaluated at a place is short. */
const MAX_BODY = 400;

/** The place of the `\right` that belongs to the `\left` before, where a bar with a place follows it. */
function partnerOf(text: string, from: number): number | null {
  let depth = 1;
  for (const match of text.slice(from, from + MAX_BODY).matchAll(SIDES)) {
    depth += match[1] === 'left' ? 1 : -1;
    if (depth > 0) continue;
    const behind = from + match.index + match[0].length;
    return BAR.test(text.slice(behind, behind + 8)) ? from + match.index : null;
  }
  return null;
}
