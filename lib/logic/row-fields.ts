import type { LogicRow } from './logic-task.ts';

/** A JSON value as a row of the data set; null when it is none. */
export function toLogicRow(value: unknown): LogicRow | null {
  if (!isRecord(value)) return null;
  const { question, answer, difficulty, metadata } = value;
  return {
    question: typeof question === 'string' ? question : '',
    answer: answer ?? null,
    difficulty: typeof difficulty === 'number' ? difficulty : 1,
    metadata: isRecord(metadata) ? metadata : null,
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A finite number of the metadata; null when it is absent or something else. */
export function numberField(data: LogicRow, name: string): number | null {
  const value = data.metadata?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function textField(data: LogicRow, name: string): string | null {
  const value = data.metadata?.[name];
  return typeof value === 'string' ? value : null;
}

export function numbersOf(value: unknown): number[] | null {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'number') ? value : null;
}

export function textsOf(value: unknown): string[] | null {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value : null;
}

/** A list of lists whose cells are numbers or texts, each as text. */
export function textGridOf(value: unknown): string[][] | null {
  if (!Array.isArray(value)) return null;
  const rows: string[][] = [];
  for (const row of value as unknown[]) {
    if (!Array.isArray(row)) return null;
    const cells: string[] = [];
    for (const cell of row as unknown[]) {
      if (typeof cell === 'string') cells.push(cell);
      else if (typeof cell === 'number') cells.push(String(cell));
      else return null;
    }
    rows.push(cells);
  }
  return rows;
}

export function numberGridOf(value: unknown): number[][] | null {
  if (!Array.isArray(value)) return null;
  const rows = (value as unknown[]).map(numbersOf);
  return rows.every((row) => row !== null) ? rows : null;
}

/** `text.trim()`, which costs more than reading a cell, is called only where an end may be blank. */
export function trimmed(text: string): string {
  const first = text.charCodeAt(0);
  const last = text.charCodeAt(text.length - 1);
  return isInk(first) && isInk(last) ? text : text.trim();
}

/** Printed ASCII or an arrow: surely no blank. */
function isInk(code: number): boolean {
  return (code > 32 && code < 128) || (code >= 0x2190 && code <= 0x21ff);
}

/** The number of a cell that holds nothing but digits; 0 for any other cell. */
export function wholeOrZero(cell: string): number {
  const text = trimmed(cell);
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return 0;
    value = value * 10 + digit;
  }
  return value;
}
