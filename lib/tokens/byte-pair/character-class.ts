/** What the pre-tokenisers ask of a character, as bits. */
export const UPPER = 1;
export const LOWER = 2;
/** Letters without case. */
export const CASELESS = 4;
export const MARK = 8;
export const NUMBER = 16;
export const SPACE = 32;
/** Line feed and carriage return; these are SPACE too. */
export const NEWLINE = 64;
export const LETTER = UPPER | LOWER | CASELESS;

const UNASKED = 255;
const CODE_POINTS = 0x110000;

/**
 * White space is Unicode's property, as in the engines that trained the vocabularies; `\s` in
 * JavaScript takes in U+FEFF and leaves out U+0085.
 */
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/^[\p{Lu}\p{Lt}]$/u, UPPER],
  [/^\p{Ll}$/u, LOWER],
  [/^[\p{Lm}\p{Lo}]$/u, CASELESS],
  [/^\p{M}$/u, MARK],
  [/^\p{N}$/u, NUMBER],
  [/^[\r\n]$/, SPACE | NEWLINE],
  [/^\p{White_Space}$/u, SPACE],
];

const known = new Uint8Array(CODE_POINTS).fill(UNASKED);

/** The class of the character at `index`; 0 for punctuation, symbols, controls and lone surrogates. */
export function classAt(text: string, index: number): number {
  let code = text.charCodeAt(index);
  if (code >= 0xd800 && code < 0xdc00) code = text.codePointAt(index) ?? code;
  const found = known[code] ?? UNASKED;
  return found === UNASKED ? learn(code) : found;
}

/** Where the next character begins. */
export function after(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 0xd800 || code >= 0xdc00) return index + 1;
  const low = text.charCodeAt(index + 1);
  return low >= 0xdc00 && low < 0xe000 ? index + 2 : index + 1;
}

/** The end of the run of characters that have one of the bits. */
export function endOfRun(text: string, from: number, bits: number): number {
  let end = from;
  while (end < text.length && (classAt(text, end) & bits) !== 0) end = after(text, end);
  return end;
}

function learn(code: number): number {
  const character = String.fromCodePoint(code);
  const found = CLASSES.find(([pattern]) => pattern.test(character))?.[1] ?? 0;
  known[code] = found;
  return found;
}
