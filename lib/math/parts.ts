import { elementAt } from '#lib/text/element.ts';

/** Answers in several parts: `(a) 3 (b) 5`, `(1) x = 2; (2) y = 3`, `i) 4 ii) 7`. */

export interface Part {
  /** Its letter or number: `a`. */
  readonly label: string;
  readonly text: string;
}

const ORDERS: readonly (readonly string[])[] = [
  ['a', 'b', 'c', 'd', 'e', 'f'],
  ['i', 'ii', 'iii', 'iv', 'v', 'vi'],
  ['1', '2', '3', '4', '5', '6'],
];
const LABEL = /(?:\\text(?:bf|rm|it)?\s*\{\s*)?\(?\b([a-f1-6]|[iv]{1,3})\)(?:\s*\})?(?=[\s$\\])/gu;
/** What parts two parts. */
const ENDING = /(?:[\s,;.]|\\(?:q?quad|\\)|\band){1,8}$/u;
const LONGEST = 400;

/** The parts of a text that begins with the first label of an order and has the next ones behind it; null for others. */
export function partsOf(text: string): readonly Part[] | null {
  if (!text.includes(')')) return null;
  const source = text.trim();
  if (source.length > LONGEST || !/^[\\{}a-z\s]*\(?[ai1]\)/u.test(source)) return null;
  const inner = /^\\text\s*\{([^{}]*)\}$/u.exec(source)?.[1]?.trim() ?? source;
  const found = [...inner.matchAll(LABEL)];
  const order = ORDERS.find((labels) => labels[0] === found[0]?.[1]);
  if (order === undefined || found[0]?.index !== 0) return null;
  const marks: RegExpExecArray[] = [];
  for (const mark of found) if (mark[1] === order[marks.length]) marks.push(mark);
  if (marks.length < 2) return null;
  const parts: Part[] = [];
  for (const [place, mark] of marks.entries()) {
    const content = inner.slice(mark.index + mark[0].length, marks[place + 1]?.index);
    const plain = content.replace(/^[\s:.]+/u, '').replace(ENDING, '');
    if (plain === '' || /[-+*/=^(]$/u.test(plain)) return null;
    parts.push({ label: elementAt(order, place), text: plain });
  }
  return parts;
}
