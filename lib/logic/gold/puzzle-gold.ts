import { findLogicTask } from '../index.ts';
import type { LogicRow, LogicTask } from '../logic-task.ts';
import { isRecord, toLogicRow } from '../row-fields.ts';

/** A puzzle as a benchmark stores it: the reference of an item is the row that a check needs, under its task. */
export type PuzzleGold =
  | { readonly task: LogicTask; readonly data: LogicRow }
  /** Why there is nothing to judge by. */
  | { readonly missing: string };

const MAX_LENGTH = 4_000_000;

/** Reads `{"task", "data"}` or the names of the data set, `{"data_source", "game_data_str"}`; never throws. */
export function readPuzzleGold(gold: string): PuzzleGold {
  const stored = readStored(gold);
  if (stored === null) return { missing: 'the reference is not {"task", "data"} of a puzzle' };
  const task = findLogicTask(stored.task);
  if (task === null) return { missing: `there is no logic task called "${stored.task}" here` };
  const data = toLogicRow(stored.data);
  if (data === null) return { missing: 'the reference holds no row of a puzzle' };
  return { task, data };
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
