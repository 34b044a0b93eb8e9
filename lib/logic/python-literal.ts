/** A list or tuple; Python holds `[1] != (1,)`, which only the reference mode needs to know. */
export class PySequence {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: readonly PyValue[];
  constructor(kind: 'list' | 'tuple' | 'set', items: readonly PyValue[]) {
    this.kind = kind;
    this.items = items;
  }
}

export class PyDict {
  readonly entries: readonly (readonly [PyValue, PyValue])[];
  constructor(entries: readonly (readonly [PyValue, PyValue])[]) {
    this.entries = entries;
  }
}

/** A number written with a point or an exponent: `1.0` equals 1 but is no integer. */
export class PyFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** Whole numbers beyond 2^53 are bigints. */
export type PyValue = null | boolean | number | bigint | string | PyFloat | PySequence | PyDict;

export interface LiteralOptions {
  /** JSON names `null`, `true`, `false` beside the Python ones. */
  readonly isJsonAllowed?: boolean;
  /** Words without quotes are read as strings: `[[TEXT]]`, `[X, C]`. */
  readonly isBareAllowed?: boolean;
}

const MAX_DEPTH = 24;
const MAX_ITEMS = 100_000;

interface Reader {
  readonly text: string;
  readonly options: LiteralOptions;
  at: number;
  items: number;
}

/** The value of a text that is one literal and nothing more (blanks and comments aside); undefined when it is not. */
export function readLiteral(text: string, options: LiteralOptions = {}): PyValue | undefined {
  const found = readLiteralAt(text, 0, options);
  if (found === undefined) return undefined;
  const reader: Reader = { text, options, at: found.end, items: 0 };
  skipBlanks(reader);
  return reader.at >= text.length ? found.value : undefined;
}

/** The literal that begins at `start`; what follows it is left alone. Bounded in depth and in size. */
export function readLiteralAt(
  text: string,
  start: number,
  options: LiteralOptions = {},
): { readonly value: PyValue; readonly end: number } | undefined {
  const reader: Reader = { text, options, at: start, items: 0 };
  const value = readValue(reader, 0);
  return value === undefined ? undefined : { value, end: reader.at };
}

function skipBlanks(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    const code = text.charCodeAt(reader.at);
    // Nearly every character is beyond the blanks and the comment mark.
    if (code > 35 && code < 0xa0) return;
    if (code === 35) {
      const end = text.indexOf('\n', reader.at);
      reader.at = end === -1 ? text.length : end + 1;
    } else if (code === 32 || (code >= 9 && code <= 13) || code === 0x3000 || code === 0xa0)
      reader.at += 1;
    else return;
  }
}

function readValue(reader: Reader, depth: number): PyValue | undefined {
  if (depth > MAX_DEPTH || reader.items > MAX_ITEMS) return undefined;
  reader.items += 1;
  skipBlanks(reader);
  const code = reader.text.charCodeAt(reader.at);
  if (code === 34 || code === 39) return readString(reader);
  if ((code >= 48 && code <= 57) || code === 45 || code === 43 || code === 46)
    return readNumber(reader);
  if (code === 91) return readSequence(reader, depth, 93);
  if (code === 40) return readSequence(reader, depth, 41);
  if (code === 123) return readBraces(reader, depth);
  return readWord(reader);
}

/** `close` is the code of the closing bracket. */
function readSequence(reader: Reader, depth: number, close: 93 | 41): PyValue | undefined {
  const { text } = reader;
  reader.at += 1;
  const items: PyValue[] = [];
  let hasComma = false;
  for (;;) {
    skipBlanks(reader);
    if (text.charCodeAt(reader.at) === close) break;
    const item = readValue(reader, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
    skipBlanks(reader);
    const code = text.charCodeAt(reader.at);
    if (code === 44) {
      hasComma = true;
      reader.at += 1;
    } else if (code !== close) return undefined;
  }
  reader.at += 1;
  if (close === 93) return new PySequence('list', items);
  const [only] = items;
  return items.length === 1 && !hasComma && only !== undefined
    ? only
    : new PySequence('tuple', items);
}

function readBraces(reader: Reader, depth: number): PyValue | undefined {
  reader.at += 1;
  const entries: [PyValue, PyValue][] = [];
  const items: PyValue[] = [];
  for (;;) {
    skipBlanks(reader);
    if (reader.text[reader.at] === '}') break;
    const item = readValue(reader, depth + 1);
    if (item === undefined) return undefined;
    skipBlanks(reader);
    if (reader.text[reader.at] === ':') {
      reader.at += 1;
      const value = readValue(reader, depth + 1);
      if (value === undefined) return undefined;
      entries.push([item, value]);
      skipBlanks(reader);
    } else items.push(item);
    if (reader.text[reader.at] === ',') reader.at += 1;
    else if (reader.text[reader.at] !== '}') return undefined;
  }
  reader.at += 1;
  if (entries.length > 0 && items.length > 0) return undefined;
  return items.length > 0 ? new PySequence('set', items) : new PyDict(entries);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' };

function readString(reader: Reader): string | undefined {
  const { text } = reader;
  const quote = text.charCodeAt(reader.at);
  const start = reader.at + 1;
  // Most quoted cells are one plain character.
  const only = text.charCodeAt(start);
  if (text.charCodeAt(start + 1) === quote && only !== quote && only !== 92 && only !== 10) {
    reader.at = start + 2;
    return text.charAt(start);
  }
  let parts = '';
  let from = start;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      reader.at = at + 1;
      return parts + text.slice(from, at);
    }
    if (code === 10) return undefined;
    if (code !== 92) continue;
    parts += text.slice(from, at);
    const next = text[at + 1] ?? '';
    if (next === 'u' && /^[0-9a-fA-F]{4}$/u.test(text.slice(at + 2, at + 6))) {
      parts += String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16));
      at += 5;
    } else {
      parts +=
        ESCAPES[next] ?? (next === '"' || next === "'" || next === '\\' ? next : `\\${next}`);
      at += 1;
    }
    from = at + 1;
  }
  return undefined;
}

const NUMBER = /[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/uy;

function readNumber(reader: Reader): PyValue | undefined {
  const { text } = reader;
  // Small whole numbers are nearly all there is.
  let at = reader.at;
  let sign = 1;
  if (text.charCodeAt(at) === 45) {
    sign = -1;
    at += 1;
  } else if (text.charCodeAt(at) === 43) at += 1;
  let value = 0;
  const first = at;
  for (; at - first < 15; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  if (at > first && isNumberEnd(text.charCodeAt(at))) {
    reader.at = at;
    return value === 0 ? 0 : sign * value;
  }
  NUMBER.lastIndex = reader.at;
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [raw] = match;
  if (!isNumberEnd(text.charCodeAt(reader.at + raw.length))) return readWord(reader);
  reader.at += raw.length;
  const plain = raw.replaceAll('_', '');
  if (/[.eE]/u.test(plain)) return new PyFloat(Number(plain));
  return plain.length > 400 ? undefined : BigInt(plain.replace('+', ''));
}

/** Neither a letter, a digit, a point nor an underscore, nor anything beyond ASCII. */
function isNumberEnd(code: number): boolean {
  if (Number.isNaN(code)) return true;
  return !(
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 46 ||
    code === 95 ||
    (code > 127 && code !== 0x3000 && code !== 0xa0)
  );
}

const WORD = /[^\s,:[\](){}"'`#]{1,64}/uy;

function readWord(reader: Reader): PyValue | undefined {
  WORD.lastIndex = reader.at;
  const [word] = WORD.exec(reader.text) ?? [];
  if (word === undefined) return undefined;
  const value =
    NAMES.get(word) ?? (reader.options.isJsonAllowed === true ? JSON_NAMES.get(word) : undefined);
  if (value === undefined && reader.options.isBareAllowed !== true) return undefined;
  reader.at += word.length;
  return value === undefined ? word : value.value;
}

const NAMES = new Map<string, { value: PyValue }>([
  ['None', { value: null }],
  ['True', { value: true }],
  ['False', { value: false }],
]);
const JSON_NAMES = new Map<string, { value: PyValue }>([
  ['null', { value: null }],
  ['true', { value: true }],
  ['false', { value: false }],
]);

/** Python's `==` of two literals: `1 == 1.0 == True`, lists never equal tuples, dicts compare as sets of pairs. */
export function pyEquals(a: PyValue, b: PyValue): boolean {
  const left = numeric(a);
  const right = numeric(b);
  // Loose equality compares a number and a bigint by value, as Python does.
  if (left !== null || right !== null) return left !== null && right !== null && left == right;
  if (a instanceof PySequence && b instanceof PySequence) {
    if (a.kind !== b.kind || a.items.length !== b.items.length) return false;
    if (a.kind === 'set')
      return a.items.every((item) => b.items.some((other) => pyEquals(item, other)));
    return a.items.every((item, index) => pyEquals(item, b.items[index] ?? null));
  }
  if (a instanceof PyDict && b instanceof PyDict) {
    return (
      a.entries.length === b.entries.length &&
      a.entries.every(([key, value]) =>
        b.entries.some(([other, found]) => pyEquals(key, other) && pyEquals(value, found)),
      )
    );
  }
  return a === b;
}

function numeric(value: PyValue): number | bigint | null {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof PyFloat ? value.value : null;
}

/** A JSON value as a literal; what JSON can not hold is not given. */
export function fromJson(value: unknown): PyValue {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return new PySequence('list', value.map(fromJson));
  if (typeof value === 'number') return Number.isInteger(value) ? value : new PyFloat(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'object')
    return new PyDict(Object.entries(value).map(([key, entry]) => [key, fromJson(entry)]));
  return null;
}
