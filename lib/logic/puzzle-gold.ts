import type { LogicRow } from './logic-task.ts';
import { isRecord, toLogicRow } from './row-fields.ts';

/** A puzzle as a benchmark stores it: the reference of an item is the row that a check needs, under its task. */
export interface PuzzleGold {
  /** As it is written: a key or an id, perhaps of a task that is not known here. */
  readonly task: string;
  readonly data: LogicRow;
}

const MAX_LENGTH = 4_000_000;

/** Reads `{"task", "data"}` or the names of the data set, `{"data_source", "game_data_str"}`; null for anything else. */
export function readPuzzleGold(gold: string): PuzzleGold | null {
  const stored = readStored(gold);
  const data = stored === null ? null : toLogicRow(stored.data);
  return stored === null || data === null ? null : { task: stored.task, data };
}

/** Whether a reference has the form of a puzzle, its task known here or not. */
export function isPuzzleGold(gold: string): boolean {
  return readStored(gold) !== null;
}

/** Rows of the data set give their data as JSON text, which is kept to the letter. */
export function writePuzzleGold(task: string, data: unknown): string {
  if (typeof data === 'string' && parse(data) !== null)
    return `{"task": ${JSON.stringify(task)}, "data": ${data.trim()}}`;
  return JSON.stringify({ task, data });
}

function readStored(gold: string): { task: string; data: unknown } | null {
  if (gold.length > MAX_LENGTH || !/^\s*\{\s*"/u.test(gold)) return null;
  const stored = parse(gold);
  if (!isRecord(stored)) return null;
  const task = stored.task ?? stored.data_source;
  const data = stored.data ?? stored.game_data_str;
  if (typeof task !== 'string' || task === '' || task.length > 64) return null;
  const row = typeof data === 'string' ? parse(data) : data;
  return isRecord(row) ? { task, data: row } : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null;
    throw error;
  }
}
