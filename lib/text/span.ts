import { elementAt } from './element.ts';

/** A piece of a text; `start` and `end` are UTF-16 offsets into the whole. */
export interface Span {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function span(text: string, start: number, end: number): Span {
  return { text: text.slice(start, end), start, end };
}

/** Without white space and stars around it. */
export function trimmedSpan(text: string, start: number, end: number): Span {
  let from = start;
  let to = end;
  while (from < to && /[\s*]/u.test(elementAt(text, from))) from += 1;
  while (to > from && /[\s*]/u.test(elementAt(text, to - 1))) to -= 1;
  return span(text, from, to);
}
