import { endOfString } from './json-row-scan.ts';

/** Enough to tell formats by their fields, little enough to show. */
const MAX_ELEMENTS = 3;
const MAX_MEMBERS = 100;
const MAX_TEXT = 1000;
const MAX_DEPTH = 16;

/** Below this nothing is read at all: hostile nesting would exhaust the stack. */
const MAX_NESTING = 64;

/**
 * The beginning of a JSON document as a value: lists, objects, texts and depth cut short, and everything closed
 * where the text ends. Null when the text does not begin as a JSON object or array.
 */
export function outlineJson(text: string): unknown {
  const start = text.search(/\S/);
  if (start === -1 || !'{['.includes(text[start] ?? '-')) return null;
  return new Outline(text, start).value(0);
}

/** Stands for a value that is cut or is none, so that a list does not end in a made-up null. */
const CUT = Symbol('cut');

class Outline {
  readonly #text: string;
  #position: number;

  constructor(text: string, position: number) {
    this.#text = text;
    this.#position = position;
  }

  value(depth: number): unknown {
    this.#space();
    if (depth > MAX_NESTING) {
      this.#position = this.#text.length;
      return CUT;
    }
    const character = this.#text[this.#position];
    if (character === '{') return this.#object(depth);
    if (character === '[') return this.#array(depth);
    if (character === '"') return this.#string();
    const token = /[^\s,\]}]*/y;
    token.lastIndex = this.#position;
    const [word] = token.exec(this.#text) ?? [''];
    this.#position += word.length;
    const isEnd = this.#position >= this.#text.length;
    if (word === '' || isEnd) return CUT;
    if (word === 'true' || word === 'false') return word === 'true';
    const number = Number(word);
    return Number.isFinite(number) ? number : null;
  }

  #object(depth: number): unknown {
    const record: Record<string, unknown> = {};
    let count = 0;
    this.#position += 1;
    for (;;) {
      this.#space();
      if (this.#text[this.#position] !== '"') break;
      const key = this.#string();
      this.#space();
      if (typeof key !== 'string' || this.#text[this.#position] !== ':') break;
      this.#position += 1;
      const value = this.value(depth + 1);
      if (value === CUT) break;
      if (count < MAX_MEMBERS && depth < MAX_DEPTH && key !== '__proto__') record[key] = value;
      count += 1;
      if (!this.#comma()) break;
    }
    this.#skip('}');
    return record;
  }

  #array(depth: number): unknown {
    const list: unknown[] = [];
    this.#position += 1;
    do {
      this.#space();
      if (this.#text[this.#position] === ']') break;
      const value = this.value(depth + 1);
      if (value === CUT) break;
      if (list.length < MAX_ELEMENTS && depth < MAX_DEPTH) list.push(value);
    } while (this.#comma());
    this.#skip(']');
    return list;
  }

  #string(): unknown {
    const start = this.#position;
    const end = endOfString(this.#text, start + 1);
    if (end === -1) {
      this.#position = this.#text.length;
      return CUT;
    }
    this.#position = end + 1;
    const inside = this.#text.slice(start + 1, Math.min(end, start + 1 + MAX_TEXT));
    // Escapes need not be exact in what is only looked at, and a cut one would not parse.
    return inside.replaceAll(/\\(.)/gs, (_, letter: string) => (letter === 'n' ? '\n' : letter));
  }

  #comma(): boolean {
    this.#space();
    if (this.#text[this.#position] !== ',') return false;
    this.#position += 1;
    return true;
  }

  #skip(close: string): void {
    if (this.#text[this.#position] === close) this.#position += 1;
    else this.#position = this.#text.length;
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#position] ?? '-')) this.#position += 1;
  }
}
