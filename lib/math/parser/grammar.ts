import type { Node } from '../tree.ts';
import type { Cursor } from './cursor.ts';

/** The rules that refer to one another; each reads from the place of the cursor and leaves it behind what was read. */
export interface Grammar extends Cursor {
  /** Items up to the end that `isEnd` tells. */
  list(isEnd: () => boolean): Node;
  /** Items up to a closing token, which is consumed. */
  items(closer: 'close' | 'rbrace'): Node[];
  /** Values with signs of relation between them, or one value. */
  relation(): Node;
  sum(): Node;
  /** A term with signs before it. */
  signed(): Node;
  /** Factors with signs of multiplication and division between them. */
  term(): Node;
  /** Factors written side by side. */
  product(): Node;
  /** An atom with its exponents, factorials, percent and degree signs. */
  postfix(): Node;
  /** The argument of `^`, `\frac` and `\sqrt`: a group, a bracket, or one symbol with its sign. */
  argument(): Node;
  atom(): Node;
}
