import type { TokenCounter } from '#lib/tokens/tokenizer.ts';

/** How many tokens of a text begin before a place in it. */
export interface TokenRuler {
  /** Of the whole text. */
  readonly tokens: number;
  at(position: number): number;
}

export function createTokenRuler(text: string, counter: TokenCounter): TokenRuler {
  const starts = counter.starts(text);
  return { tokens: starts.length, at: (position) => countBelow(starts, position) };
}

/** How many of the ascending values are below the bound. */
function countBelow(values: readonly number[], bound: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
