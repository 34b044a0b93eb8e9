import { MathSyntaxError } from './lexer.ts';
import { parseAnswer } from './parse.ts';
import { numberFromWords } from '#lib/text/number-words.ts';
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

/** Reads a text as a mathematical answer. Never throws; what can't be read says why. */
export function readAnswer(text: string): Reading {
  try {
    const node = parseAnswer(text);
    if (hasValue(node)) return { kind: 'value', node, words: countWords(node) };
    const spelled = node.kind === 'text' ? numberFromWords(node.text) : null;
    if (spelled !== null) return { kind: 'value', node: integer(spelled), words: 0 };
    return { kind: 'words', node };
  } catch (error) {
    if (error instanceof MathSyntaxError) return { kind: 'unreadable', reason: error.message };
    throw error;
  }
}
