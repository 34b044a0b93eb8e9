import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { BoardQuery, type Board, type BoardRow } from '#lib/schemas/board.ts';
import { TrustLevel } from '#lib/schemas/identifiers.ts';
import { describeSlice } from '#lib/leaderboard/item-slice.ts';
import { paretoFront } from '#lib/leaderboard/front.ts';
import type { FigureSources } from './sources.ts';

const names = z.array(z.string().max(300)).max(100).default([]);

/** Which rows of a board: empty lists let everything through, as on the page. */
export const RowFilter = z.object({
  model: names,
  method: names,
  family: names,
  trust: z.array(TrustLevel).default([]),
  q: z.string().max(200).default(''),
  column: z.string().max(64).optional().describe('Lengths: `reported` or a tokenizer.'),
  labels: names.describe('Labels of runs; every one must be there.'),
});
export type RowFilter = z.infer<typeof RowFilter>;

export const BoardChoice = z.strictObject({
  benchmark: z.string().max(2000).describe('Name, name@version, id, or `mean:` and names.'),
  split: z.string().max(200).optional(),
  title: z.string().max(120).optional().describe('Over the panel; default: the name.'),
});
export type BoardChoice = z.infer<typeof BoardChoice>;

/** Only some of the items, as on the board and the page of a run. */
export const ItemSlice = z
  .array(
    z
      .string()
      .max(300)
      .regex(/^[^:]+:/u),
  )
  .max(100)
  .optional()
  .describe('Only items with these labels, as on the board: ["task:sudoku", "level:3"].');

/** For kinds that show figures of the board alone: these are known for a part of the items, too. */
export const SlicedBoardChoice = BoardChoice.extend({ slice: ItemSlice });
type SlicedBoardChoice = z.infer<typeof SlicedBoardChoice>;

export async function readChosenBoard(
  choice: SlicedBoardChoice,
  filter: RowFilter,
  sources: FigureSources,
): Promise<Board> {
  const board = await sources.board({
    ...BoardQuery.parse({}),
    benchmark: choice.benchmark,
    ...(choice.split === undefined ? {} : { split: choice.split }),
    ...(filter.column === undefined ? {} : { column: filter.column }),
    ...{
      model: filter.model,
      method: filter.method,
      family: filter.family,
      slice: choice.slice ?? [],
      trust: filter.trust,
      q: filter.q,
    },
  });
  if (filter.labels.length === 0) return board;
  const missing = filter.labels.filter((label) => board.rows.every((row) => row.label !== label));
  if (missing.length > 0) {
    throw unknownLabels(missing, choice.benchmark, board.rows);
  }
  return withFrontOf(
    board,
    board.rows.filter((row) => filter.labels.includes(row.label)),
  );
}

/** The front of the runs that are shown, as the board makes it after its filters. */
function withFrontOf(board: Board, rows: readonly BoardRow[]): Board {
  const points = rows.flatMap(({ runId, isLengthComparable, figures }) =>
    isLengthComparable && figures.tokensMean !== null && figures.accuracy !== null
      ? [{ runId, tokens: figures.tokensMean, accuracy: figures.accuracy }]
      : [],
  );
  const front = paretoFront(points);
  const onFront = new Set(front.map(({ runId }) => runId));
  const shown = rows.map((row) => ({
    ...row,
    isOnFront: row.isOnFront === null ? null : onFront.has(row.runId),
  }));
  return { ...board, rows: shown, front };
}

/** One run: its id, or its label on a board, with the model where labels repeat. */
export const RunChoice = z.union([
  z.uuid(),
  z.strictObject({
    benchmark: z.string().max(300),
    split: z.string().max(200).optional(),
    label: z.string().max(300),
    model: z.string().max(300).optional(),
  }),
]);
export type RunChoice = z.infer<typeof RunChoice>;

export async function findRunId(choice: RunChoice, sources: FigureSources): Promise<string> {
  if (typeof choice === 'string') return choice;
  const { benchmark, split, label, model } = choice;
  const board = await sources.board({
    ...BoardQuery.parse({}),
    benchmark,
    ...(split === undefined ? {} : { split }),
  });
  const found = board.rows.filter(
    (row) => row.label === label && (model === undefined || row.model === model),
  );
  const [run] = found;
  if (run === undefined) throw unknownLabels([label], benchmark, board.rows);
  if (found.length > 1) {
    const models = found.map((row) => row.model).join(', ');
    throw new AppError(
      'unprocessable',
      `${found.length} runs on ${benchmark} are called "${label}" (${models}): name the model too, or give the id.`,
    );
  }
  return run.runId;
}

function unknownLabels(
  missing: readonly string[],
  benchmark: string,
  rows: readonly BoardRow[],
): AppError {
  const known = [...new Set(rows.map((row) => row.label))];
  const shown =
    known.slice(0, 12).join(', ') + (known.length > 12 ? ` and ${known.length - 12} more` : '');
  return new AppError(
    'not_found',
    `There is no run called ${missing.map((label) => `"${label}"`).join(', ')} on ${benchmark}. ${known.length === 0 ? 'It has no runs.' : `Known: ${shown}.`}`,
  );
}

/** A benchmark's name without what only a program needs, and the labels of its items that were chosen. */
export function boardName(board: Board): string {
  const { benchmark } = board;
  if (benchmark === null) return 'board';
  if (benchmark.benchmarkIds.length > 1)
    return `Mean of ${benchmark.benchmarkIds.length} benchmarks`;
  return board.slice === null
    ? benchmark.name
    : `${benchmark.name}: ${describeSlice(board.slice.pairs)}`;
}
