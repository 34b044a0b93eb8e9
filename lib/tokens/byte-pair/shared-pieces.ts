import {
  after,
  END,
  endOfOthers,
  endOfRun,
  LETTER,
  NEWLINE,
  NUMBER,
  SPACE,
  type ScannedText,
} from './scanned-text.ts';

/** Where the piece that begins at `start` ends. Pieces follow each other without gaps. */
export type EndOfPiece = (scanned: ScannedText, start: number) => number;

const APOSTROPHE = 0x27;
const [S, T, M, D, R, V, L, E] = [0x73, 0x74, 0x6d, 0x64, 0x72, 0x76, 0x6c, 0x65];

/** `(?i:'s|'t|'re|'ve|'m|'ll|'d)` at `start`: its end, or `start` when there is none. */
export function endOfContraction({ units }: ScannedText, start: number): number {
  if (units[start] !== APOSTROPHE) return start;
  // The bit of lower case; no other character below U+0080 becomes one of these letters by it.
  const first = (units[start + 1] ?? 0) | 0x20;
  if (first === S || first === T || first === M || first === D) return start + 2;
  const second = (units[start + 2] ?? 0) | 0x20;
  if ((first === R || first === V) && second === E) return start + 3;
  return first === L && second === L ? start + 3 : start;
}

/** ` ?[^\s\p{L}\p{N}]+` and the line ends (or what else `isTail` takes) behind it; `start` when there is none. */
export function endOfSymbols(
  scanned: ScannedText,
  start: number,
  isTail: (unit: number) => boolean,
): number {
  const { units } = scanned;
  const first = units[start] === 0x20 ? start + 1 : start;
  let end = endOfOthers(scanned, first, LETTER | NUMBER | SPACE);
  if (end === first) return start;
  while (end < scanned.length && isTail(units[end] ?? 0)) end += 1;
  return end;
}

export function isLineEnd(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d;
}

/**
 * `\s*[\r\n]+|\s+(?!\S)|\s+` on a run of white space: up to its last line end; else all of it at the
 * end of the text, and all but the last character before a word.
 */
export function endOfSpace(scanned: ScannedText, start: number): number {
  const { classes } = scanned;
  const end = endOfRun(scanned, start, SPACE);
  for (let last = end; last > start; last -= 1) {
    if (((classes[last - 1] ?? END) & NEWLINE) !== 0) return last;
  }
  return end < scanned.length && end - start > 1 ? end - 1 : end;
}

/** `\p{N}{1,most}` at a number. */
export function endOfDigits(scanned: ScannedText, start: number, most: number): number {
  const { classes } = scanned;
  let end = start;
  for (let digits = 0; digits < most && ((classes[end] ?? END) & NUMBER) !== 0; digits += 1) {
    end = after(scanned, end);
  }
  return end;
}
