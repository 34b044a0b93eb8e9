import type { TokenCounter } from '#lib/tokens/tokenizer.ts';

/** How many tokens of a text stand before a place in it. */
export interface TokenRuler {
  /** Of the whole text. */
  readonly tokens: number;
  /** Exact between words, within a token inside of one. */
  at(position: number): number;
}

/** Short enough that counting up to a place is cheap, long enough that the marks of a megabyte fit in a few kilobytes. */
const STRETCH = 512;

/**
 * Cuts the text into stretches before a space that follows a word: no tokenizer here joins a word with the space behind it, so
 * that the counts of the stretches add up to that of the text.
 */
export function createTokenRuler(text: string, counter: TokenCounter): TokenRuler {
  const marks = [0];
  const sums = [0];
  let sum = 0;
  for (let start = 0; start < text.length;) {
    const end = nextCut(text, start + STRETCH);
    sum += counter.count(text.slice(start, end));
    marks.push(end);
    sums.push(sum);
    start = end;
  }
  return {
    tokens: sum,
    at(position) {
      const place = Math.min(Math.max(0, position), text.length);
      const mark = lastAtOrBefore(marks, place);
      const from = marks[mark] ?? 0;
      return (sums[mark] ?? 0) + (place === from ? 0 : counter.count(text.slice(from, place)));
    },
  };
}

/** The first good cut from a place on; a text without one is cut where it must, at the cost of a token. */
function nextCut(text: string, from: number): number {
  const limit = Math.min(text.length, from + 8 * STRETCH);
  for (let at = from; at < limit; at += 1) {
    if (text.charCodeAt(at) === 0x20 && /[\p{L}\p{N},.]/u.test(text.charAt(at - 1))) return at;
  }
  if (limit >= text.length) return text.length;
  const code = text.charCodeAt(limit);
  return code >= 0xdc00 && code < 0xe000 ? limit + 1 : limit;
}

function lastAtOrBefore(values: readonly number[], wanted: number): number {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
