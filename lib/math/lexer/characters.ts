/** Classes of UTF-16 code units. Beyond the end of a text `charCodeAt` gives NaN, which is in none. */

export const BACKSLASH = 92;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || isCapital(code);
}

export function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

export function isLetter(code: number): boolean {
  return isAsciiLetter(code) || (code > 127 && /^\p{L}$/u.test(String.fromCharCode(code)));
}

export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13 || code === 126;
}

/** The end of the run of digits that begins at `from`. */
export function endOfDigits(text: string, from: number): number {
  let end = from;
  while (isDigit(text.charCodeAt(end))) end += 1;
  return end;
}

/** The end of the run of ASCII letters that begins at `from`, at most `length` of them. */
export function endOfLetters(text: string, from: number, length: number): number {
  let end = from;
  while (end < from + length && isAsciiLetter(text.charCodeAt(end))) end += 1;
  return end;
}
