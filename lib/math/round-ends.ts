import { elementAt } from '#lib/text/element.ts';
import type { Token } from './token.ts';

/** Open ends written with a bracket turned outwards, `]0, 3[`, as round brackets. */
export function withRoundEnds(tokens: Token[]): Token[] {
  let first: number | null = null;
  let isTurned = false;
  for (const [index, token] of tokens.entries()) {
    const isSquare = token.text === '[' || token.text === ']';
    if (!isSquare || (token.type !== 'open' && token.type !== 'close')) continue;
    if (first === null) {
      isTurned = token.type === 'close';
      first = index;
      continue;
    }
    const isInterval = tokens
      .slice(first, index)
      .some(({ type }) => type === 'comma' || type === 'semicolon');
    const isEndTurned = token.type === 'open' && (isTurned || isIntervalEnd(tokens[index + 1]));
    if (isInterval && isTurned)
      tokens[first] = { ...elementAt(tokens, first), type: 'open', text: '(' };
    if (isInterval && isEndTurned) tokens[index] = { ...token, type: 'close', text: ')' };
    first = token.type === 'open' && !isEndTurned ? index : null;
    isTurned = false;
  }
  return tokens;
}

function isIntervalEnd(next: Token | undefined): boolean {
  return next === undefined || ['setop', 'rbrace', 'text', 'gap'].includes(next.type);
}
