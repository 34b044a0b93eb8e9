import type { LogicTask, VerdictMode } from './logic-task.ts';
import { hasThinkAnswerForm } from './response-format.ts';
import { toLogicRow } from './row-fields.ts';
import { verifyLogic, type LogicVerdict } from './verify-logic.ts';

export interface PuzzleResponse {
  readonly id?: string | number | undefined;
  /** The row of the puzzle, or its JSON text. */
  readonly data: unknown;
  readonly response: string;
}

export interface JudgedPuzzle extends LogicVerdict {
  readonly id?: string | number;
  /** Null when the answer could not be judged: that is no zero. */
  readonly reward: number | null;
  readonly hasFormat: boolean;
  /** False when the time was over before. */
  readonly isReached: boolean;
}

export interface JudgeOptions {
  readonly mode: VerdictMode;
  readonly reward: 'plain' | 'format-and-correct';
  readonly isOver: () => boolean;
  /** Lets other work of the thread pass. */
  readonly giveWay: () => Promise<void>;
}

/** Answers between two looks at the clock: at 20 µs each a slice takes 2 ms. */
const SLICE = 100;

/** One verdict and reward for each response, in their order; never throws on what a model wrote. */
export async function judgePuzzles(
  task: LogicTask,
  items: readonly PuzzleResponse[],
  { mode, reward, isOver, giveWay }: JudgeOptions,
): Promise<JudgedPuzzle[]> {
  const results: JudgedPuzzle[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && index % SLICE === 0) await giveWay();
    const isReached = !isOver();
    const verdict: LogicVerdict = isReached
      ? judge(task, item, mode)
      : { status: 'unverifiable', reason: 'the time for the batch was over' };
    const hasFormat = hasThinkAnswerForm(item.response);
    const isPaid = verdict.status === 'correct' && (reward === 'plain' || hasFormat);
    results.push({
      ...(item.id !== undefined && { id: item.id }),
      ...verdict,
      reward: verdict.status === 'unverifiable' ? null : isPaid ? 1 : 0,
      hasFormat,
      isReached,
    });
  }
  return results;
}

function judge(
  task: LogicTask,
  { data, response }: PuzzleResponse,
  mode: VerdictMode,
): LogicVerdict {
  const row = toLogicRow(typeof data === 'string' ? parse(data) : data);
  if (row === null) return { status: 'unverifiable', reason: 'the data is no row of a puzzle' };
  return verifyLogic(task, row, response, mode);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
