import { z } from 'zod';
import { jointBetween } from '#lib/text/connectors.ts';
import { isDisowned } from '#lib/text/denial.ts';
import { revisionAfter } from '#lib/text/revision.ts';
import { asSeen } from '#lib/text/visible-text.ts';
import { answerPart, unparsed } from './response-answer.ts';
import type { Verifier } from './verifier.ts';

const JsonPolicy = z.strictObject({
  /** Whether the order of array elements counts. */
  arrayOrder: z.enum(['fixed', 'free']).default('fixed'),
  /** `exact` asks for the same keys; `subset` lets the answer hold more. */
  keys: z.enum(['exact', 'subset']).default('exact'),
});
type JsonPolicy = z.infer<typeof JsonPolicy>;

type Json = null | boolean | Numeral | string | readonly Json[] | { readonly [key: string]: Json };

/** A number by its digits, since a double can not hold every one: 9007199254740993, 1e400. */
class Numeral {
  readonly canonical: string;

  constructor(source: string) {
    const [, sign = '', whole = '', places = '', exponent = '0'] = NUMERAL.exec(source) ?? [];
    const digits = `${whole}${places}`.replace(/^0+/u, '');
    const significant = digits.replace(/(?<!0)0+$/u, '');
    const scale = BigInt(exponent) + BigInt(digits.length - significant.length - places.length);
    this.canonical = significant === '' ? '0' : `${sign}${significant}e${String(scale)}`;
  }
}

const NUMERAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/u;

const MAX_LENGTH = 200_000;
const MAX_DEPTH = 64;
/** Places to begin reading at; more would make the search quadratic. */
const MAX_STARTS = 8;
/** Brackets behind the data, as in \"[sic]\". */
const MAX_ENDS = 4;
/** Data that is denied, one after the other; more would be no answer. */
const MAX_DENIED = 4;

export const json: Verifier<JsonPolicy> = {
  id: 'json',
  version: 2,
  label: 'JSON',
  description:
    'Reads the last JSON object or array of the answer (in a code fence or bare) and compares it with the reference as data: key order and white space do not count.',
  needs: {
    reference: 'a JSON value',
    otherReference: 'Paris',
    response: 'a JSON object or array, bare or in a code fence',
  },
  policy: JsonPolicy,
  suits: {
    order: 1,
    share: 0.95,
    gold: (gold) => gold.trim().startsWith('{"') && read(gold) !== undefined,
  },
  examples: [
    {
      response: 'Here it is:\n```json\n{"b": 2, "a": [1, 2]}\n```',
      gold: '{"a":[1,2],"b":2}',
      expect: 'correct',
      why: 'The order of keys does not count.',
    },
    {
      response: '{"a": 1.0}',
      gold: '{"a": 1}',
      expect: 'correct',
      why: 'Numbers are compared by value.',
    },
    {
      response: '[9007199254740992]',
      gold: '[9007199254740993]',
      expect: 'wrong',
      why: 'By every digit.',
    },
    { response: '[1, 2]', gold: '[2, 1]', expect: 'wrong', why: 'The order of an array counts.' },
    {
      response: '[1, 2]',
      gold: '[2, 1]',
      policy: { arrayOrder: 'free' },
      expect: 'correct',
      why: 'Unless the policy frees it.',
    },
    {
      response: 'It is {"a": 1}, not {"a": 2}.',
      gold: '{"a": 2}',
      expect: 'wrong',
      why: 'Data that is denied is not the answer.',
    },
    { response: '{"a": 1', gold: '{"a": 1}', expect: 'unparsed', why: 'Broken JSON is no answer.' },
  ],
  verify(input, policy) {
    const gold = read(asSeen(input.gold));
    if (gold === undefined)
      return { status: 'unverifiable', extracted: null, reason: 'the reference is no JSON' };
    const part = answerPart(input);
    if ('missing' in part) return unparsed(part.missing);
    const found = givenJson(part.text.slice(-MAX_LENGTH));
    if ('missing' in found) return unparsed(found.missing);
    if (isSame(gold, found.value, policy))
      return { status: 'correct', extracted: found.text, reason: null };
    return {
      status: 'wrong',
      extracted: found.text,
      reason: 'the data differs from the reference',
    };
  },
};

/** Undefined for text that is no JSON or nested beyond `MAX_DEPTH`. */
function read(text: string): Json | undefined {
  if (depthOf(text) > MAX_DEPTH) return undefined;
  try {
    return JSON.parse(text, exactly) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Every number as it is written. */
function exactly(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? new Numeral(context?.source ?? String(value)) : value;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of text) {
    if (char === '{' || char === '[') deepest = Math.max(deepest, (depth += 1));
    else if (char === '}' || char === ']') depth -= 1;
  }
  return deepest;
}

interface Found {
  readonly value: Json;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The last data that the text does not deny, or why there is none. */
function givenJson(text: string): Found | { readonly missing: string } {
  let found = wholeJson(text) ?? lastJson(text, text.length);
  for (let tries = 0; found !== null && tries < MAX_DENIED; tries += 1) {
    const previous = lastJson(text, found.start);
    if (previous !== null && jointBetween(text.slice(previous.end, found.start)) === 'or')
      return { missing: 'one of several is offered' };
    if (!isDisowned(text, found.start, found.end)) {
      const isTakenBack = revisionAfter(text, found.end) !== null;
      return isTakenBack ? { missing: 'the answer is taken back' } : found;
    }
    found = previous;
  }
  return { missing: 'no JSON was given as the answer' };
}

function wholeJson(text: string): Found | null {
  const value = read(text.trim());
  if (value === undefined) return null;
  const start = text.length - text.trimStart().length;
  return { value, text: text.trim(), start, end: text.trimEnd().length };
}

/** The last data that ends before a place. */
function lastJson(source: string, before: number): Found | null {
  const text = source.slice(0, before);
  let end = text.length;
  for (let tries = 0; tries < MAX_ENDS; tries += 1) {
    end = Math.max(text.lastIndexOf('}', end - 1), text.lastIndexOf(']', end - 1));
    if (end <= 0) return null;
    for (const start of startsBefore(text, end)) {
      const piece = text.slice(start, end + 1);
      const value = read(piece);
      if (value !== undefined) return { value, text: piece, start, end: end + 1 };
    }
  }
  return null;
}

/** Opening brackets at depth zero as seen from the end, outermost last found first. */
function startsBefore(text: string, end: number): number[] {
  const starts: number[] = [];
  let depth = 0;
  for (let index = end; index >= 0 && starts.length < MAX_STARTS; index -= 1) {
    const char = text[index];
    if (char === '}' || char === ']') depth += 1;
    else if (char === '{' || char === '[') {
      depth -= 1;
      if (depth <= 0) starts.push(index);
    }
  }
  return starts;
}

function isSame(gold: Json, answer: Json, policy: JsonPolicy): boolean {
  if (Array.isArray(gold) && Array.isArray(answer))
    return isSameArray(gold as readonly Json[], answer as readonly Json[], policy);
  if (isObject(gold) && isObject(answer)) {
    const keys = Object.keys(gold);
    if (policy.keys === 'exact' && keys.length !== Object.keys(answer).length) return false;
    return keys.every(
      (key) => Object.hasOwn(answer, key) && isSame(gold[key] ?? null, answer[key] ?? null, policy),
    );
  }
  if (gold instanceof Numeral && answer instanceof Numeral)
    return gold.canonical === answer.canonical;
  return gold === answer;
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Numeral)
  );
}

function isSameArray(gold: readonly Json[], answer: readonly Json[], policy: JsonPolicy): boolean {
  if (gold.length !== answer.length) return false;
  if (policy.arrayOrder === 'fixed')
    return gold.every((item, index) => isSame(item, answer[index] ?? null, policy));
  const rest = [...answer];
  return gold.every((item) => {
    const index = rest.findIndex((other) => isSame(item, other, policy));
    if (index !== -1) rest.splice(index, 1);
    return index !== -1;
  });
}
