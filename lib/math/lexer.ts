import { BACKSLASH, isDigit, isLetter, isSpace } from './lexer/characters.ts';
import { readCommand } from './lexer/commands.ts';
import { readLetters } from './lexer/letters.ts';
import { readNumber } from './lexer/numbers.ts';
import { readSign } from './lexer/signs.ts';
import { Scan } from './lexer/scan.ts';
import { MathSyntaxError } from './syntax-error.ts';
import type { Token } from './token.ts';
import { toLatex } from './unicode.ts';

export const MAX_TOKENS = 12_000;
export const MAX_LENGTH = 20_000;

/** Splits LaTeX, Unicode or ASCII mathematics into tokens in one pass. Throws MathSyntaxError beyond the limits. */
export function tokenize(source: string): Token[] {
  if (source.length > MAX_LENGTH)
    throw new MathSyntaxError('the answer is too long to be read as mathematics');
  return tokensOf(toLatex(source).replaceAll('{:}', ':'));
}

function tokensOf(text: string): Token[] {
  const scan = new Scan(text, tokensOf);
  while (scan.index < text.length) {
    step(scan);
    if (scan.tokens.length > MAX_TOKENS)
      throw new MathSyntaxError('the answer has too many symbols');
  }
  return scan.tokens;
}

const POINT = 46;
const DOLLAR = 36;

function step(scan: Scan): void {
  const { text, index } = scan;
  const code = text.charCodeAt(index);
  if (isSpace(code)) readSpace(scan);
  else if (code === BACKSLASH) readCommand(scan);
  else if (isDigit(code) || (code === POINT && isDigit(text.charCodeAt(index + 1))))
    readNumber(scan);
  else if (isLetter(code)) readLetters(scan);
  else if (code === DOLLAR) {
    scan.inMath = !scan.inMath;
    scan.skip(text[index + 1] === '$' ? index + 2 : index + 1);
  } else readSign(scan);
}

/** An empty line parts answers from each other. */
function readSpace(scan: Scan): void {
  const { text, index } = scan;
  const isGap = text[index] === '\n' && text[index + 1] === '\n' && scan.tokens.length > 0;
  if (isGap) scan.push('gap', '\n', index + 1);
  else scan.skip(index + 1);
}
