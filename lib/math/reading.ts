import { MathSyntaxError } from './syntax-error.ts';
import { parseAnswer } from './parse.ts';
import { phraseValue } from './phrases.ts';
import { numberFromWords } from '#lib/text/number-words.ts';
import { verdictOf } from './statements.ts';
import { integer, type Node } from './tree.ts';
import { countWords, hasValue } from './words.ts';

/** What was understood of a text. */
export type Reading =
  | {
      readonly kind: 'value';
      readonly node: Node;
      /** Words around the values, fillers not counted. */ readonly words: number;
    }
  | { readonly kind: 'words'; readonly node: Node }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** "one" */
const MIN_SPELLED = 3;
const MAX_SPELLED = 120;

function withoutWrapping(text: string): string {
  return text.replace(/\\(?:text(?:bf|rm|it)?|mathrm)\s*\{([^{}]*)\}/gu, '$1');
}

/** Reads a text as a mathematical answer. Never throws; what can't be read says why. */
export function readAnswer(text: string): Reading {
  const isSpelled =
    text.length >= MIN_SPELLED && text.length <= MAX_SPELLED && /^[a-zA-Z\s_{}\\,-]+$/u.test(text);
  const spelled = isSpelled ? numberFromWords(withoutWrapping(text)) : null;
  if (spelled !== null) return { kind: 'value', node: integer(spelled), words: 0 };
  const verdict = verdictOf(text);
  if (verdict !== null) return { kind: 'words', node: { kind: 'text', text: verdict } };
  try {
    const node = parseAnswer(text);
    const words = countWords(node);
    const named = words > 0 ? phraseValue(text) : null;
    if (named !== null) return { kind: 'value', node: named, words: 0 };
    return hasValue(node) ? { kind: 'value', node, words } : { kind: 'words', node };
  } catch (error) {
    if (error instanceof MathSyntaxError) return { kind: 'unreadable', reason: error.message };
    throw error;
  }
}
