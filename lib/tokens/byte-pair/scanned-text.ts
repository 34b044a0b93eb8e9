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
/** Punctuation and symbols. */
export const SYMBOL = 128;
/** Common Han characters and both kana blocks, which some vocabularies cut out first. */
export const HAN_OR_KANA = 256;
/** The second half of a surrogate pair, which has the bits of its character too. */
export const SECOND_HALF = 512;
/** Behind the last character, so that no run has to ask for the length. */
export const END = 1024;
export const LETTER = UPPER | LOWER | CASELESS;

const UNASKED = 0xffff;
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
  [/^[\p{P}\p{S}]$/u, SYMBOL],
];

const known = new Uint16Array(CODE_POINTS).fill(UNASKED);

/** A text as arrays: its UTF-16 units, and the class of the character that each belongs to. */
export class ScannedText {
  text = '';
  length = 0;
  units = new Uint16Array(1024);
  classes = new Uint16Array(1024);

  /** Takes the place of the text before; the arrays are kept, so that counting allocates nothing. */
  scan(text: string): void {
    const { length } = text;
    if (length >= this.units.length) {
      this.units = new Uint16Array(length * 2);
      this.classes = new Uint16Array(length * 2);
    }
    const { units, classes } = this;
    this.text = text;
    this.length = length;
    for (let i = 0; i < length; i += 1) {
      const unit = text.charCodeAt(i);
      units[i] = unit;
      if (unit >= 0xd800 && unit < 0xe000) {
        const code = text.codePointAt(i) ?? unit;
        classes[i] = classOf(code);
        if (code > 0xffff) {
          units[i + 1] = text.charCodeAt(i + 1);
          classes[i + 1] = classOf(code) | SECOND_HALF;
          i += 1;
        }
        continue;
      }
      const found = known[unit] ?? UNASKED;
      classes[i] = found === UNASKED ? learn(unit) : found;
    }
    units[length] = 0;
    classes[length] = END;
  }
}

/** Where the character after the one at `index` begins. */
export function after({ classes }: ScannedText, index: number): number {
  return ((classes[index + 1] ?? END) & SECOND_HALF) === 0 ? index + 1 : index + 2;
}

/** The end of the run of characters that have one of the bits. */
export function endOfRun({ classes }: ScannedText, from: number, bits: number): number {
  let end = from;
  while (((classes[end] ?? END) & bits) !== 0) end += 1;
  return end;
}

/** The end of the run of characters that have none of the bits. */
export function endOfOthers({ classes }: ScannedText, from: number, bits: number): number {
  let end = from;
  while (((classes[end] ?? END) & (bits | END)) === 0) end += 1;
  return end;
}

function classOf(code: number): number {
  const found = known[code] ?? UNASKED;
  return found === UNASKED ? learn(code) : found;
}

function learn(code: number): number {
  const character = String.fromCodePoint(code);
  let found = CLASSES.find(([pattern]) => pattern.test(character))?.[1] ?? 0;
  if ((code >= 0x4e00 && code <= 0x9fa5) || (code >= 0x3040 && code <= 0x30ff)) {
    found |= HAN_OR_KANA;
  }
  known[code] = found;
  return found;
}
