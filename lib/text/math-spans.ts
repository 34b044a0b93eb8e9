import { span, type Span } from './span.ts';

const MAX_SPANS = 2000;

/** The contents of `$…$`, `$$…$$`, `\(…\)` and `\[…\]` in order, each with the offsets of the whole environment. */
export interface MathSpan {
  readonly content: Span;
  readonly start: number;
  readonly end: number;
}

export function findMathSpans(text: string): MathSpan[] {
  const spans: MathSpan[] = [];
  let index = 0;
  // A mark that found no closer once finds none further on either.
  const unclosed = new Set<Mark>();
  while (index < text.length && spans.length < MAX_SPANS) {
    const opening = nextOpening(text, index);
    if (opening === null) break;
    const close = unclosed.has(opening.mark) ? -1 : closingOf(text, opening);
    if (close === -1) {
      if (opening.mark !== '$') unclosed.add(opening.mark);
      index = opening.start + opening.mark.length;
      continue;
    }
    const contentStart = opening.start + opening.mark.length;
    const end = close + CLOSERS[opening.mark].length;
    if (text.slice(contentStart, close).trim() !== '') {
      spans.push({ content: span(text, contentStart, close), start: opening.start, end });
    }
    index = end;
  }
  return spans;
}

const CLOSERS = { $$: '$$', $: '$', '\\(': '\\)', '\\[': '\\]' } as const;
type Mark = keyof typeof CLOSERS;

interface Opening {
  readonly start: number;
  readonly mark: Mark;
}

function nextOpening(text: string, from: number): Opening | null {
  for (let index = from; index < text.length; index += 1) {
    const char = text[index];
    if (char === '$') return { start: index, mark: text[index + 1] === '$' ? '$$' : '$' };
    if (char !== '\\') continue;
    const next = text[index + 1];
    if (next === '(' || next === '[') return { start: index, mark: next === '(' ? '\\(' : '\\[' };
    index += 1;
  }
  return null;
}

/** A dollar span stays in its paragraph, so that a price does not swallow the rest of the text. */
function closingOf(text: string, opening: Opening): number {
  const from = opening.start + opening.mark.length;
  if (opening.mark !== '$') {
    const close = text.indexOf(CLOSERS[opening.mark], from);
    return close;
  }
  for (let index = from; index < text.length && index < from + 2000; index += 1) {
    const char = text[index];
    if (char === '\\') index += 1;
    else if (char === '\n' && text[index + 1] === '\n') return -1;
    else if (char === '$') return isPrice(text, opening.start, index) ? -1 : index;
  }
  return -1;
}

const DIGIT = /\d/u;

/** `$5 and $7`: both dollars stand before a digit, so neither closes anything. */
function isPrice(text: string, open: number, close: number): boolean {
  return (
    DIGIT.test(text[open + 1] ?? '') &&
    DIGIT.test(text[close + 1] ?? '') &&
    /\s/u.test(text[close - 1] ?? '')
  );
}
