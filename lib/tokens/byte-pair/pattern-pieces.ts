import { endOfCl100kPiece, endOfLlamaPiece, endOfQwenPiece } from './cl100k-pieces.ts';
import { endOfDeepseekPiece } from './deepseek-pieces.ts';
import { endOfO200kPiece } from './o200k-pieces.ts';
import type { ScannedText } from './scanned-text.ts';
import type { EndOfPiece } from './shared-pieces.ts';

const CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const SPACES = String.raw`\s*[\r\n]+|\s+(?!\S)|\s+`;
const LETTERS = String.raw`[^\r\n\p{L}\p{N}]?\p{L}+`;
const SYMBOLS = String.raw` ?[^\s\p{L}\p{N}]+[\r\n]*`;

/** Published patterns that are read by hand here, without backtracking. */
const READ_BY_HAND: readonly { patterns: readonly string[]; endOfPiece: EndOfPiece }[] = [
  {
    patterns: [`${CONTRACTIONS}|${LETTERS}|\\p{N}|${SYMBOLS}|${SPACES}`],
    endOfPiece: endOfQwenPiece,
  },
  {
    patterns: [`${CONTRACTIONS}|${LETTERS}|\\p{N}{1,3}|${SYMBOLS}|${SPACES}`],
    endOfPiece: endOfLlamaPiece,
  },
  {
    patterns: [
      String.raw`'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s++$|\s*[\r\n]|\s+(?!\S)|\s`,
    ],
    endOfPiece: endOfCl100kPiece,
  },
  {
    patterns: [
      [
        `[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+${CONTRACTIONS}?`,
        `[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*${CONTRACTIONS}?`,
        String.raw`\p{N}{1,3}`,
        String.raw` ?[^\s\p{L}\p{N}]+[\r\n/]*`,
        SPACES,
      ].join('|'),
    ],
    endOfPiece: endOfO200kPiece,
  },
  {
    patterns: [
      String.raw`\p{N}{1,3}`,
      '[一-龥぀-ゟ゠-ヿ]+',
      String.raw`[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_${'`'}{|}~][A-Za-z]+|[^` +
        '\r\n' +
        String.raw`\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[` +
        '\r\n' +
        String.raw`]*|\s*[` +
        '\r\n' +
        String.raw`]+|\s+(?!\S)|\s+`,
    ],
    endOfPiece: endOfDeepseekPiece,
  },
];

/** The pieces of the patterns, one applied inside the other. Throws `SyntaxError` for a pattern that JavaScript can not read. */
export function createPatternPieces(patterns: readonly string[]): EndOfPiece {
  const known = READ_BY_HAND.find(
    (one) =>
      one.patterns.length === patterns.length &&
      one.patterns.every((pattern, index) => pattern === patterns[index]),
  );
  if (known !== undefined) return known.endOfPiece;
  patterns.forEach(assertSameMeaning);
  const expressions = patterns.map(toExpression);
  let text: string | null = null;
  let ends: Int32Array = new Int32Array(0);
  return (scanned: ScannedText, start: number): number => {
    if (scanned.text !== text) {
      text = scanned.text;
      ends = cutAll(text, expressions);
    }
    return ends[start] ?? scanned.length;
  };
}

/** The end of the piece at each place where one begins. */
function cutAll(text: string, expressions: readonly RegExp[]): Int32Array {
  const ends = new Int32Array(text.length);
  const cut = (from: number, to: number, depth: number): void => {
    const expression = expressions[depth];
    if (expression === undefined) {
      ends[from] = to;
      return;
    }
    const part = text.slice(from, to);
    let last = 0;
    for (const match of part.matchAll(expression)) {
      if (match[0] === '') continue;
      if (match.index > last) cut(from + last, from + match.index, depth + 1);
      last = match.index + match[0].length;
      cut(from + match.index, from + last, depth + 1);
    }
    if (last < part.length) cut(from + last, to, depth + 1);
  };
  if (text.length > 0) cut(0, text.length, 0);
  return ends;
}

/**
 * What means something else in JavaScript than in the engine that vocabularies are made with: letters, digits and word
 * borders of all scripts, any character, ends of lines.
 */
const OTHER_MEANING = /\\[wWdDbBhHRXAZzGkK]|[.^$]/;

/** Classes apart: in them a dot is a dot. */
function assertSameMeaning(pattern: string): void {
  const outside = pattern.replaceAll(/\[(?:\\.|[^[\]\\])*\]/gs, (group) =>
    group.replaceAll(/[.^$]/g, ''),
  );
  const found = OTHER_MEANING.exec(outside.replaceAll(/\\[^a-zA-Z]/g, ''));
  if (found !== null)
    throw new SyntaxError(`"${found[0]}" in ${pattern.slice(0, 100)} means something else here`);
}

/** White space as the engines of the vocabularies see it, and scripts named as JavaScript wants them. */
function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/\\(.)/g, (pair, letter: string) =>
      letter === 's' ? '\\p{White_Space}' : letter === 'S' ? '\\P{White_Space}' : pair,
    )
    .replace(
      /\\([pP])\{(Han|Hiragana|Katakana|Hangul|Latin|Cyrillic|Thai|Arabic)\}/g,
      '\\$1{Script=$2}',
    )
    .replaceAll("\\'", "'");
  return new RegExp(source, 'gu');
}
