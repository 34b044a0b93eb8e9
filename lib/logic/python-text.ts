/** What Python's `\s` and `str.strip()` take for blank; it has the four separators and no byte order mark. */
const BLANK = /[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;

/** `str.strip()`. */
export function pyStrip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.test(text.charAt(start))) start += 1;
  while (end > start && BLANK.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** `''.join(text.split())`. */
export function pyWithoutBlanks(text: string): string {
  return text.replace(new RegExp(BLANK, 'gu'), '');
}

/** `text.split()`. */
export function pySplit(text: string): string[] {
  return text.split(new RegExp(`${BLANK.source}+`, 'u')).filter((part) => part !== '');
}

/** `int(text)`: blanks around, one sign, single underscores between digits, digits of any script; null where it raises. */
export function pyInt(text: string): bigint | null {
  const body = pyStrip(text);
  if (!/^[+-]?\p{Nd}+(?:_\p{Nd}+)*$/u.test(body) || body.length > 4300) return null;
  const ascii = body.replaceAll('_', '').replace(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  return BigInt(ascii.replace('+', ''));
}

/** The value of a decimal digit of any script: each script has its ten digits in a row. */
export function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 48;
  if (code >= 48 && code <= 57) return code - 48;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}
