import { readLiteralAt, PySequence, type LiteralOptions, type PyValue } from './python-literal.ts';
import { trimmed } from './row-fields.ts';

/** An honest answer is among the last few literals of a text; more tries would only serve hostile ones. */
const MAX_TRIES = 256;
const MAX_OPEN = 4096;
/** Texts beyond this are read from their end only. */
const MAX_SCAN = 400_000;

/**
 * The last bracketed literal of a text that `accept` turns into an answer. Outer brackets come before the ones inside
 * them, later ones before earlier ones. `accept` returns null for a literal of another shape.
 */
export function findLastLiteral<Value>(
  whole: string,
  accept: (value: PyValue, source: string) => Value | null,
  options: LiteralOptions = { isJsonAllowed: true, isBareAllowed: true },
): Value | null {
  const text = whole.length > MAX_SCAN ? whole.slice(-MAX_SCAN) : whole;
  const pairs = bracketPairs(text);
  let tries = 0;
  for (let at = pairs.length - 2; at >= 0 && tries < MAX_TRIES; at -= 2) {
    const start = pairs[at] ?? 0;
    const end = pairs[at + 1] ?? 0;
    tries += 1;
    const found = readLiteralAt(text, start, options);
    if (found?.end !== end) continue;
    const value = accept(found.value, text.slice(start, end));
    if (value !== null) return value;
  }
  return null;
}

/** Start and end of each pair of brackets, flat, in the order of their ends. */
function bracketPairs(text: string): number[] {
  const pairs: number[] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    // Most of a text is letters, digits and blanks.
    if (code < 40 || code > 125 || (code > 41 && code < 91)) continue;
    if (code === 91 || code === 40 || code === 123) {
      if (open.length === MAX_OPEN) open.length = 0;
      open.push(at);
    } else if (code === 93 || code === 41 || code === 125) {
      // A bracket that does not fit the innermost open one closes the nearest that it fits.
      const wanted = code === 41 ? 40 : code - 2;
      let depth = open.length - 1;
      const floor = Math.max(0, depth - 8);
      while (depth >= floor && text.charCodeAt(open[depth] ?? 0) !== wanted) depth -= 1;
      if (depth < floor) continue;
      pairs.push(open[depth] ?? 0, at + 1);
      open.length = depth;
    }
  }
  return pairs;
}

/** The items of a list or tuple; null for anything else. */
export function itemsOf(value: PyValue | undefined): readonly PyValue[] | null {
  return value instanceof PySequence && value.kind !== 'set' ? value.items : null;
}

const WHOLE = /^[+-]?\d{1,15}$/u;

/** A whole number, also when it stands in quotes; null for anything else. */
export function toWhole(value: PyValue | undefined): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const text = trimmed(value);
  return WHOLE.test(text) ? Number(text) : null;
}

/** A cell as text: numbers are written out, so that `1` and `"1"` are one. */
export function toCell(value: PyValue | undefined): string | null {
  if (typeof value === 'string') return trimmed(value);
  return typeof value === 'number' ? String(value) : null;
}

/** A list of lists whose every cell `cell` can read; null when one can not be read or there is no row. */
export function toRows<Cell>(
  value: PyValue,
  cell: (value: PyValue) => Cell | null,
): Cell[][] | null {
  const outer = itemsOf(value);
  if (outer === null || outer.length === 0) return null;
  const rows: Cell[][] = [];
  for (const item of outer) {
    const inner = itemsOf(item);
    if (inner === null) return null;
    const row: Cell[] = [];
    for (const entry of inner) {
      const read = cell(entry);
      if (read === null) return null;
      row.push(read);
    }
    rows.push(row);
  }
  return rows;
}

/** The last list of lists of whole numbers. */
export function findNumberGrid(text: string): number[][] | null {
  return findLastLiteral(text, (value) => toRows(value, toWhole));
}

/** The last list of lists of texts or numbers, each cell as text. */
export function findTextGrid(text: string): string[][] | null {
  return findLastLiteral(text, (value) => toRows(value, toCell));
}

const SPACED = /^[\s\d,;|"'[\]()]*$/u;

/**
 * The last grid of numbers in either form: a list of lists, or `[[1 2 3,4 5 6]]` with blanks between cells and commas
 * (or line ends) between rows.
 */
export function findSpacedGrid(text: string): number[][] | null {
  const spaced = lastSpacedGrid(text);
  const start = spaced === null ? -1 : spaced.start;
  const tail = start === -1 ? text : text.slice(start);
  return (
    (start === -1 ? null : findNumberGrid(tail.slice((spaced?.end ?? 0) - start))) ??
    spaced?.rows ??
    findNumberGrid(text)
  );
}

function lastSpacedGrid(text: string): { rows: number[][]; start: number; end: number } | null {
  let from = text.length;
  for (let tries = 0; tries < 16; tries += 1) {
    const end = from < 2 ? -1 : text.lastIndexOf(']]', from);
    if (end === -1) return null;
    from = end - 1;
    const start = text.lastIndexOf('[[', end);
    if (start === -1) return null;
    const body = text.slice(start + 2, end);
    if (body.length > 20_000 || body.includes('[') || !SPACED.test(body)) continue;
    const rows = body
      .split(/[,;\n]/u)
      .filter((row) => /\S/u.test(row))
      .map(numbersIn);
    // One cell a row is a flat list, not a grid.
    if (rows.length > 1 && rows.every((row) => row.length < 2)) continue;
    if (rows.flat().every(Number.isInteger)) return { rows, start, end: end + 2 };
  }
  return null;
}

/** The cells of a row that stand between blanks; quotes and bars count for nothing, and brackets are no number. */
function numbersIn(row: string): number[] {
  const cells: number[] = [];
  let cell = -1;
  for (let at = 0; at <= row.length; at += 1) {
    const code = at < row.length ? row.charCodeAt(at) : 32;
    if (code === 34 || code === 39 || code === 124) {
      // A cell of nothing but marks reads as 0.
      if (cell === -1) cell = 0;
    } else if (code >= 48 && code <= 57) cell = Math.max(cell, 0) * 10 + code - 48;
    else if (code === 40 || code === 41 || code === 91 || code === 93) cell = Number.NaN;
    else if (cell !== -1) {
      cells.push(cell);
      cell = -1;
    }
  }
  return cells;
}
