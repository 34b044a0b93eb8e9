import { endOfString } from './json-row-scan.ts';

/** A number that JSON or a double can not hold, with its place. */
export interface OddNumber {
  kind: 'not_finite' | 'inexact_integer' | 'too_long';
  token: string;
  position: number;
  pointer: string;
}

export interface JsonFault {
  message: string;
  position: number;
  pointer: string;
  /** True when valid text might have followed. */
  endsEarly: boolean;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const NOT_FINITE = /NaN|-?Infinity/y;
const MAX_NUMBER_LENGTH = 1000;

/** A row of them is no mistake any more, and each would be kept with its place. */
const MAX_ODD_NUMBERS = 10_000;

/**
 * Reads JSON only to say where things are: the engine's own messages carry neither a position nor a
 * path. Slow beside `JSON.parse`, so it runs on rows that fail or hold odd numbers. The depth must
 * have been checked before.
 */
export function walkJson(text: string): { fault: JsonFault | null; oddNumbers: OddNumber[] } {
  const walk = new JsonWalk(text);
  try {
    walk.document();
    return { fault: null, oddNumbers: walk.oddNumbers };
  } catch (error) {
    if (!(error instanceof WalkFault)) throw error;
    return { fault: error.fault, oddNumbers: walk.oddNumbers };
  }
}

class WalkFault extends Error {
  readonly fault: JsonFault;

  constructor(fault: JsonFault) {
    super(fault.message);
    this.fault = fault;
  }
}

class JsonWalk {
  readonly oddNumbers: OddNumber[] = [];
  readonly #text: string;
  readonly #path: (string | number)[] = [];
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value();
    this.#space();
    if (this.#position < this.#text.length) this.#fail('there is more text behind the value');
  }

  #value(): void {
    this.#space();
    const character = this.#text[this.#position];
    if (character === '{') this.#object();
    else if (character === '[') this.#array();
    else if (character === '"') this.#string();
    else if (this.#match(LITERAL) === null) this.#number();
  }

  #object(): void {
    this.#position += 1;
    if (this.#closes('}')) return;
    for (;;) {
      this.#space();
      if (this.#text[this.#position] !== '"') this.#fail('a key in quotes is expected');
      this.#path.push(this.#string());
      this.#space();
      if (this.#text[this.#position] !== ':') this.#fail('a colon is expected');
      this.#position += 1;
      this.#value();
      this.#path.pop();
      if (this.#closes('}')) return;
      this.#comma('}');
    }
  }

  #array(): void {
    this.#position += 1;
    if (this.#closes(']')) return;
    for (let index = 0; ; index += 1) {
      this.#path.push(index);
      this.#value();
      this.#path.pop();
      if (this.#closes(']')) return;
      this.#comma(']');
    }
  }

  #string(): string {
    const start = this.#position;
    const end = endOfString(this.#text, start + 1);
    if (end === -1) this.#fail('a text has no closing quote', true);
    const quoted = this.#text.slice(start, end + 1);
    this.#position = end + 1;
    try {
      return String(JSON.parse(quoted));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.#position = start;
      return this.#fail('a text holds a raw control character or an unknown escape');
    }
  }

  #number(): void {
    const position = this.#position;
    const odd = this.#match(NOT_FINITE);
    if (odd !== null) {
      this.#note('not_finite', odd, position);
      return;
    }
    const token = this.#match(NUMBER);
    if (token === null) this.#fail('a value is expected');
    if (token.length > MAX_NUMBER_LENGTH) this.#note('too_long', token, position);
    else if (!Number.isFinite(Number(token))) this.#note('not_finite', token, position);
    else if (!Number.isSafeInteger(Number(token)) && /^-?\d+$/.test(token)) {
      this.#note('inexact_integer', token, position);
    }
  }

  #note(kind: OddNumber['kind'], token: string, position: number): void {
    this.oddNumbers.push({ kind, token, position, pointer: toPointer(this.#path) });
    if (this.oddNumbers.length > MAX_ODD_NUMBERS) {
      this.#fail(`more than ${MAX_ODD_NUMBERS} numbers are not finite or not exact`);
    }
  }

  #comma(close: string): void {
    if (this.#text[this.#position] !== ',') this.#fail(`a comma or ${close} is expected`);
    this.#position += 1;
  }

  #closes(close: string): boolean {
    this.#space();
    if (this.#text[this.#position] !== close) return false;
    this.#position += 1;
    return true;
  }

  #space(): void {
    while (' \t\r\n'.includes(this.#text[this.#position] ?? '-')) this.#position += 1;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#position += found.length;
    return found;
  }

  #fail(message: string, endsEarly = this.#position >= this.#text.length): never {
    const where = endsEarly ? 'The row ends too early' : 'The row is not JSON';
    throw new WalkFault({
      message: `${where}: ${message}.`,
      position: Math.min(this.#position, this.#text.length),
      pointer: toPointer(this.#path),
      endsEarly,
    });
  }
}

function toPointer(path: readonly (string | number)[]): string {
  const parts = path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
  return parts.map((part) => `/${part.slice(0, 200)}`).join('');
}
