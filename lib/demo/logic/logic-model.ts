import type { LogicRow } from '#lib/logic/logic-task.ts';
import type { Puzzle } from '../puzzle.ts';

/** Puts the puzzles of one logic task as variables and rules, which is what the reasoners of the demo can read. */
export interface LogicModel {
  /** The id of the logic task. */
  readonly id: string;
  /** The levels at which the slowest reasoner still ends within some thousand words. */
  readonly levels: readonly number[];
  /** From what the prompt shows; the solution in the row is not looked at. Null when the row is not of the task. */
  toPuzzle(row: LogicRow): Puzzle | null;
}
