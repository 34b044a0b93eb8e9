/** What `str()` of Python makes of lists, texts, numbers, true, false and none, read back; null for anything else. */
export function readPythonLiteral(text: string): unknown {
  const reader = new LiteralReader(text);
  const value = reader.value(0);
  return value === NO_LITERAL || !reader.isAtEnd() ? null : value;
}

const NO_LITERAL = Symbol('no literal');
const MAX_DEPTH = 16;
const NUMBER = /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/iy;
const WORD = /True|False|None/y;
const WORDS: Readonly<Record<string, unknown>> = { True: true, False: false, None: null };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
const CODE = /x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}/y;

class LiteralReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isAtEnd(): boolean {
    this.#skipSpace();
    return this.#at === this.#text.length;
  }

  value(depth: number): unknown {
    this.#skipSpace();
    const first = this.#text[this.#at];
    if (first === '[' || first === '(') return this.#list(first === '[' ? ']' : ')', depth);
    if (first === "'" || first === '"') return this.#string(first);
    const word = this.#match(WORD);
    if (word !== null) return WORDS[word];
    const number = this.#match(NUMBER);
    return number === null ? NO_LITERAL : Number(number);
  }

  #list(end: string, depth: number): unknown {
    if (depth === MAX_DEPTH) return NO_LITERAL;
    this.#at += 1;
    const members: unknown[] = [];
    for (;;) {
      this.#skipSpace();
      if (this.#text[this.#at] === end) break;
      const member = this.value(depth + 1);
      if (member === NO_LITERAL) return NO_LITERAL;
      members.push(member);
      this.#skipSpace();
      if (this.#text[this.#at] === ',') this.#at += 1;
      else if (this.#text[this.#at] !== end) return NO_LITERAL;
    }
    this.#at += 1;
    return members;
  }

  #string(quote: string): unknown {
    let read = '';
    this.#at += 1;
    let from = this.#at;
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) return NO_LITERAL;
      if (character !== quote && character !== '\\') {
        this.#at += 1;
        continue;
      }
      read += this.#text.slice(from, this.#at);
      this.#at += 1;
      if (character === quote) return read;
      read += this.#escaped();
      from = this.#at;
    }
  }

  #escaped(): string {
    const code = this.#match(CODE);
    if (code !== null) {
      const point = Number.parseInt(code.slice(1), 16);
      return point > 0x10_ff_ff ? '\ufffd' : String.fromCodePoint(point);
    }
    const character = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (character === '\\' || character === "'" || character === '"') return character;
    return ESCAPES[character] ?? `\\${character}`;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }
}
