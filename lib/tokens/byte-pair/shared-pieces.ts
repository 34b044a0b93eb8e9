import { after, classAt, endOfRun, LETTER, NEWLINE, NUMBER, SPACE } from './character-class.ts';

/** Where the piece that begins at `start` ends. Pieces follow each other without gaps. */
export type EndOfPiece = (text: string, start: number) => number;

const CONTRACTIONS: ReadonlySet<string> = new Set(['s', 't', 'm', 'd', 're', 've', 'll']);

/** `(?i:'s|'t|'re|'ve|'m|'ll|'d)` at `start`: its end, or `start` when there is none. */
export function endOfContraction(text: string, start: number): number {
  if (text.charCodeAt(start) !== 0x27) return start;
  if (CONTRACTIONS.has(text.slice(start + 1, start + 2).toLowerCase())) return start + 2;
  return CONTRACTIONS.has(text.slice(start + 1, start + 3).toLowerCase()) ? start + 3 : start;
}

/** ` ?[^\s\p{L}\p{N}]+` and the line ends behind it; `start` when there is none. */
export function endOfSymbols(
  text: string,
  start: number,
  isTail: (code: number) => boolean,
): number {
  let end = text.charCodeAt(start) === 0x20 ? start + 1 : start;
  const first = end;
  while (end < text.length && (classAt(text, end) & (LETTER | NUMBER | SPACE)) === 0) {
    end = after(text, end);
  }
  if (end === first) return start;
  while (end < text.length && isTail(text.charCodeAt(end))) end += 1;
  return end;
}

/**
 * `\s*[\r\n]+|\s+(?!\S)|\s+` on a run of white space: up to its last line end; else all of it at the
 * end of the text, and all but the last character before a word.
 */
export function endOfSpace(text: string, start: number): number {
  const end = endOfRun(text, start, SPACE);
  for (let last = end; last > start; last -= 1) {
    if ((classAt(text, last - 1) & NEWLINE) !== 0) return last;
  }
  return end < text.length && end - start > 1 ? end - 1 : end;
}
