/** Python takes five more characters for blank than JavaScript, and the byte order mark for none. */
function isBlank(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  return BLANKS.has(code);
}

const BLANKS = new Set([0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]);
for (let code = 0x2000; code <= 0x200a; code += 1) BLANKS.add(code);

/** `str.strip()`. */
export function pyStrip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** `''.join(text.split())`. */
export function pyWithoutBlanks(text: string): string {
  return pySplit(text).join('');
}

/** Whether two texts are equal without their blanks. */
export function isSameWithoutBlanks(a: string, b: string): boolean {
  let at = 0;
  let other = 0;
  for (;;) {
    while (at < a.length && isBlank(a.charCodeAt(at))) at += 1;
    while (other < b.length && isBlank(b.charCodeAt(other))) other += 1;
    if (at === a.length || other === b.length) return at === a.length && other === b.length;
    if (a.charCodeAt(at) !== b.charCodeAt(other)) return false;
    at += 1;
    other += 1;
  }
}

/** `text.split()`. */
export function pySplit(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at < text.length && !isBlank(text.charCodeAt(at))) continue;
    if (at > from) parts.push(text.slice(from, at));
    from = at + 1;
  }
  return parts;
}

/** `int(text)`: blanks around, one sign, single underscores between digits, digits of any script; null where it raises. */
export function pyInt(text: string): bigint | null {
  if (/^\d{1,15}$/u.test(text)) return BigInt(text);
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
