/** Python takes four more characters for blank than JavaScript, and the byte order mark for none. */
const EXTRA = '\u001c\u001d\u001e\u001f\u0085';

function isBlank(char: string): boolean {
  return EXTRA.includes(char)
    ? char !== ''
    : char !== '\ufeff' && char.trim() === '' && char !== '';
}

/** `str.strip()`. */
export function pyStrip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** `''.join(text.split())`. */
export function pyWithoutBlanks(text: string): string {
  return pySplit(text).join('');
}

/** `text.split()`. */
export function pySplit(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && !isBlank(text.charAt(at))) continue;
    if (at > from) parts.push(text.slice(from, at));
    from = at + 1;
  }
  return parts;
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
