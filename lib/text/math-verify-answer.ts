import { elementAt } from './element.ts';
import { findBoxes, type Box } from './boxes.ts';
import { findMathSpans } from './math-spans.ts';
import type { Span } from './span.ts';

/** What may be the answer, and where it ends. */
interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A last value further back than this is not the end of a response. */
const TAIL = 20_000;
/** So many of the last ones are tried. */
const MOST_TRIED = 40;

/**
 * The texts that Math-Verify 0.8 (Hugging Face, released code) tries to read, in its order: "final answer is …. I hope"; a box, or
 * what follows "final answer is"; what follows "answer:"; what follows "answer"; any formula or number. Of one kind the
 * rightmost comes first, and formulas need their delimiters: without them only digits and signs of arithmetic are found.
 */
export function* mathVerifyCandidates(response: string): Generator<string> {
  const text = response.slice(-TAIL);
  const values = [...formulas(text), ...matched(text, EXPRESSION)];
  const groups = [
    () => matched(text, HOPED),
    () => [...boxed(text), ...behind(text, FINAL, values)],
    () => behind(text, COLON, values),
    () => behind(text, ANSWER, values),
    () => values,
  ];
  let tried = 0;
  for (const group of groups) {
    for (const place of fromTheRight(group())) {
      yield place.text;
      tried += 1;
      if (tried >= MOST_TRIED) return;
    }
  }
}

/** Formulas between delimiters, with a percent sign or word behind them. */
function formulas(text: string): Place[] {
  return findMathSpans(text).map(({ content, start, end }) => {
    const percent = PERCENT.exec(text.slice(end, end + 12))?.[0] ?? '';
    const value = percent === '' ? content.text : `${content.text}\\%`;
    return { text: value, start, end: end + percent.length };
  });
}

const PERCENT = /^\s?(?:\\?%|percentage|percent|pct)/iu;

/** Rightmost first; of those that end together the longest. */
function fromTheRight(places: readonly Place[]): readonly Place[] {
  return places.toSorted((a, b) => b.end - a.end || a.start - b.start);
}

const HOPED = /final answer is\s{0,3}:?\s{0,3}([^\n]{1,200}?)\.?\s{0,3}I hope/giu;
/** Numbers with their thousands, currency and percent signs, and arithmetic of digits. */
const EXPRESSION =
  /(?<![\w.,])[\-+$€£]?(?:\d[\d+\-−*×/^()÷.,]{0,80}[\d)]|\d|\.\d{1,20})(?:\s?%)?(?![A-Za-z])/gu;
const FINAL = { marker: /final answer\s(?:[^\n.]{0,40}\s)?is\b/giu, reach: 100 };
const COLON = { marker: /answer:/giu, reach: 50 };
const ANSWER = { marker: /answer\b/giu, reach: 50 };

function matched(text: string, pattern: RegExp): Place[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const [whole, content = whole] = match;
    return { text: content, start: match.index, end: match.index + whole.length };
  });
}

/** The next value behind each marker, where it begins within reach. */
function behind(
  text: string,
  { marker, reach }: { readonly marker: RegExp; readonly reach: number },
  values: readonly Place[],
): Place[] {
  const inOrder = values.toSorted((a, b) => a.start - b.start);
  return Array.from(text.matchAll(marker)).flatMap((match) => {
    const end = match.index + match[0].length;
    const next = inOrder.find(({ start }) => start >= end);
    return next === undefined || next.start - end > reach ? [] : [next];
  });
}

/** A box may stand in a box. */
function unboxed(text: string): string {
  return findBoxes(text).at(-1)?.content.text ?? text;
}

/** Boxes that stand so near to each other are one answer, and farther ones where a word joins them. */
const NEAR = 10;
const JOINED = 70;

/** The last box with those that join it. */
function boxed(text: string): Place[] {
  const boxes = findBoxes(text);
  const last = boxes.at(-1);
  if (last === undefined) return [];
  const group: Box[] = [last];
  for (let index = boxes.length - 2; index >= 0; index -= 1) {
    const [box, next] = [elementAt(boxes, index), elementAt(group, 0)];
    if (!isJoined(box.content, next.content, text.slice(box.end, next.start))) break;
    group.unshift(box);
  }
  const contents = [...new Set(group.map(({ content }) => unboxed(content.text).trim()))];
  return [{ text: contents.join(', '), start: elementAt(group, 0).start, end: last.end }];
}

/** Directly before the next box, but for delimiters and the name of its value. */
const SEPARATOR = /(?:\b(?:and|or)\b|[,;])[^A-Z]{0,20}(?:[A-Z](?:_\w)?\s?=\s?)?$/iu;

function isJoined(box: Span, next: Span, gap: string): boolean {
  if (gap.length <= NEAR) return true;
  return gap.length <= JOINED && SEPARATOR.test(gap) && box.text.trim() !== next.text.trim();
}
