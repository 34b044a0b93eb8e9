import { tokenize } from './lexer.ts';
import { readList } from './parser/answers.ts';
import { readAtom } from './parser/atoms.ts';
import { readItems } from './parser/brackets.ts';
import { Cursor } from './parser/cursor.ts';
import type { Grammar } from './parser/grammar.ts';
import { readArgument, readPostfix } from './parser/powers.ts';
import { readProduct, readTerm } from './parser/products.ts';
import { readRelation } from './parser/relations.ts';
import { readSigned, readSum } from './parser/sums.ts';
import { withRoundEnds } from './round-ends.ts';
import type { Node } from './tree.ts';

/** Reads an answer as mathematics with words around it. Throws MathSyntaxError when it is none or beyond the limits. */
export function parseAnswer(source: string): Node {
  const parser = new Parser(withRoundEnds(tokenize(source)), source);
  const node = parser.list(() => parser.peek() === undefined);
  if (parser.peek() !== undefined) throw parser.error();
  return node;
}

/** Recursive descent; every rule is a file in `parser/`, from the loosest to the tightest binding. */
class Parser extends Cursor implements Grammar {
  list(isEnd: () => boolean): Node {
    return readList(this, isEnd);
  }

  items(closer: 'close' | 'rbrace'): Node[] {
    return readItems(this, closer);
  }

  relation(): Node {
    return readRelation(this);
  }

  sum(): Node {
    return readSum(this);
  }

  signed(): Node {
    return readSigned(this);
  }

  term(): Node {
    return readTerm(this);
  }

  product(): Node {
    return readProduct(this);
  }

  postfix(): Node {
    return readPostfix(this);
  }

  argument(): Node {
    return readArgument(this);
  }

  atom(): Node {
    return readAtom(this);
  }
}
