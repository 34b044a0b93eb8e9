import { z } from 'zod';
import { BoardQuery } from '#lib/schemas/board.ts';
import type { Front } from '#lib/schemas/front.ts';
import { boardFacts } from '../board-facts.ts';
import type { FigureFacts } from '../figure-data.ts';
import { readChosenBoard, RowFilter, SlicedBoardChoice } from '../run-choice.ts';
import type { FigureSources } from '../sources.ts';

const { labels: _labels, ...filter } = RowFilter.shape;

export const FrontChoice = z.strictObject({
  board: SlicedBoardChoice,
  ...filter,
  include: z.enum(['comparable', 'foreign']).default('comparable'),
});
export type FrontChoice = z.infer<typeof FrontChoice>;

/** The front of a board under its filters, with what a caption says of its runs. */
export async function readFront(
  { board: choice, include, ...filters }: FrontChoice,
  subject: string,
  sources: FigureSources,
): Promise<{ front: Front; facts: FigureFacts }> {
  const { column, ...lists } = filters;
  const front = await sources.front({
    ...BoardQuery.parse({}),
    benchmark: choice.benchmark,
    ...(choice.split !== undefined && { split: choice.split }),
    slice: choice.slice ?? [],
    ...(column !== undefined && { column }),
    ...lists,
    include,
  });
  const board = await readChosenBoard(choice, { ...filters, labels: [] }, sources);
  const shown = new Set(front.runs.map(({ runId }) => runId));
  const rows = board.rows.filter(({ runId }) => shown.has(runId));
  return { front, facts: await boardFacts([{ ...board, rows }], subject, sources) };
}
