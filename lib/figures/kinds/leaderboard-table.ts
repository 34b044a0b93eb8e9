import { z } from 'zod';
import type { Board, BoardRow } from '#lib/schemas/board.ts';
import { boardFacts } from '../board-facts.ts';
import { DataReader, toFigureData, type FigureData } from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import { boardName, readChosenBoard, RowFilter, SlicedBoardChoice } from '../run-choice.ts';
import type { FigureSpec } from '../spec.ts';
import type { TableCell, TableColumn, TableLayout } from '../tables/table-layout.ts';

const MEASURES = {
  accuracy: { label: 'Acc. (%)', unit: 'fraction', decimals: 1 },
  tokens: { label: 'Tokens', unit: 'tokens', decimals: 0 },
  clip: { label: 'Cut (%)', unit: 'fraction', decimals: 1 },
  per_correct: { label: 'Tokens/correct', unit: 'tokens', decimals: 0 },
  reflections: { label: 'Refl./1k', unit: 'number', decimals: 2 },
} as const satisfies Record<string, TableColumn>;
type Measure = keyof typeof MEASURES;

const Query = z.strictObject({
  boards: z.array(SlicedBoardChoice).min(1).max(8).describe('One group of columns each.'),
  ...RowFilter.shape,
  measures: z
    .array(z.enum(Object.keys(MEASURES) as [Measure, ...Measure[]]))
    .min(1)
    .max(5)
    .default(['accuracy', 'tokens']),
  blocks: z.enum(['none', 'family', 'model']).default('none').describe('Rows parted by rules.'),
  bold: z
    .array(z.enum(['accuracy', 'tokens']))
    .default(['accuracy'])
    .describe('In which columns the best are bold.'),
});
type Query = z.infer<typeof Query>;

const COLUMNS = {
  group: 'number',
  board: 'text',
  run: 'text',
  run_id: 'text',
  model: 'text',
  family: 'text',
  rank: 'number',
  accuracy: 'number',
  accuracy_low: 'number',
  accuracy_high: 'number',
  tokens: 'number',
  tokens_low: 'number',
  tokens_high: 'number',
  comparable: 'number',
  clip: 'number',
  per_correct: 'number',
  reflections: 'number',
} as const;

/** The board as a table of a paper: best values, and all that tests do not separate from them, in bold. */
export const leaderboardTable: FigureKind<Query> = {
  id: 'leaderboard-table',
  label: 'Table',
  description:
    'Runs against benchmarks, with intervals as ± half-widths; the best and all tied with it in bold.',
  query: Query,
  example: { boards: [{ benchmark: 'laconic-demo' }] },
  async resolve(query, sources) {
    const boards: Board[] = [];
    for (const choice of query.boards) boards.push(await readChosenBoard(choice, query, sources));
    const records = boards.flatMap((board, group) =>
      board.rows.map((row) => ({
        group: group + 1,
        board: query.boards[group]?.title ?? boardName(board),
        run: row.label,
        run_id: row.runId,
        model: row.model,
        family: row.family,
        rank: row.rank,
        accuracy: row.figures.accuracy,
        accuracy_low: row.figures.accuracyInterval?.low ?? null,
        accuracy_high: row.figures.accuracyInterval?.high ?? null,
        tokens: row.figures.tokensMean,
        tokens_low: row.figures.tokensInterval?.low ?? null,
        tokens_high: row.figures.tokensInterval?.high ?? null,
        comparable: Number(row.isLengthComparable),
        clip: row.figures.clipRatio,
        per_correct: row.figures.tokensPerCorrect,
        reflections: row.figures.reflectionsPer1kTokens,
      })),
    );
    const models = new Set(records.map(({ model }) => model));
    const subject = `Results${models.size === 1 ? ` of ${[...models].join('')}` : ''}`;
    const facts = await boardFacts(boards, subject, sources);
    const notes = [...notesOf(boards, query), ...facts.notes];
    return toFigureData(COLUMNS, records, { ...facts, notes });
  },
  form: { type: 'table', layout: toLayout },
};

function notesOf(boards: readonly Board[], { bold }: Query): string[] {
  const hasTests = boards.some((board) => board.rows.some((row) => row.trust !== 'reported'));
  const notes: string[] = [];
  if (bold.includes('accuracy')) {
    notes.push(
      `Bold: the highest accuracy${hasTests ? ' and all runs that paired tests do not separate from it' : ' and all equal to it'}.`,
    );
  }
  if (bold.includes('tokens')) notes.push('Bold tokens: the fewest.');
  const hasIntervals = boards.some((board) =>
    board.rows.some((row) => row.figures.accuracyInterval !== null),
  );
  if (hasIntervals) notes.push('± is half the width of the interval.');
  return notes;
}

/** A row of the table: what has one label and model on every board. */
function rowKey(row: Pick<BoardRow, 'label' | 'model'>): string {
  return JSON.stringify([row.label, row.model]);
}

function toLayout(data: FigureData, query: Query, spec: FigureSpec): TableLayout {
  const reader = new DataReader(data);
  const groups = reader.distinct('group').map(Number);
  const keyOf = (row: number) =>
    rowKey({ label: reader.text(row, 'run'), model: reader.text(row, 'model') });
  const keys = [...new Set(reader.rows().map(keyOf))];
  const places = new Map(
    reader.rows().map((row) => [`${keyOf(row)} ${reader.text(row, 'group')}`, row]),
  );
  const firstRow = (key: string) => reader.rows((row) => keyOf(row) === key)[0] ?? 0;
  const headings = new Map(
    keys.map((key) => [key, headingOf(reader, firstRow(key), query.blocks)]),
  );
  const columns = query.measures.map((measure) => MEASURES[measure]);
  return {
    rowLabel: 'Run',
    groups: groups.map((group) => ({
      label:
        groups.length > 1
          ? reader.text(reader.rows((row) => reader.cell(row, 'group') === group)[0] ?? 0, 'board')
          : '',
      columns: columns.map((column) => ({ ...column })),
    })),
    blocks: [...new Set(headings.values())].map((heading) => ({
      heading,
      rows: keys
        .filter((key) => headings.get(key) === heading)
        .map((key) => ({
          label: rowLabel(reader, firstRow(key), query),
          cells: groups.flatMap((group) =>
            query.measures.map((measure) =>
              toCell(reader, places.get(`${key} ${group}`) ?? null, {
                measure,
                group,
                query,
                spec,
              }),
            ),
          ),
        })),
    })),
  };
}

/** The model is said only where a label alone stands for several runs. */
function rowLabel(reader: DataReader, row: number, { blocks }: Query): string {
  const label = reader.text(row, 'run');
  const models = reader.distinct(
    'model',
    reader.rows((other) => reader.text(other, 'run') === label),
  );
  return models.length > 1 && blocks !== 'model'
    ? `${label} (${reader.text(row, 'model')})`
    : label;
}

function headingOf(reader: DataReader, row: number, blocks: Query['blocks']): string | null {
  if (blocks === 'none') return null;
  return reader.text(row, blocks) || 'others';
}

function toCell(
  reader: DataReader,
  row: number | null,
  {
    measure,
    group,
    query,
    spec,
  }: { measure: Measure; group: number; query: Query; spec: FigureSpec },
): TableCell {
  if (row === null) return { value: null, halfWidth: null, isBest: false };
  const value = reader.number(row, measure);
  const hasInterval = spec.intervals && (measure === 'accuracy' || measure === 'tokens');
  const [low, high] = hasInterval
    ? [reader.number(row, `${measure}_low`), reader.number(row, `${measure}_high`)]
    : [null, null];
  return {
    value,
    halfWidth: low === null || high === null ? null : (high - low) / 2,
    isBest: value !== null && isBest(reader, row, { measure, group, query }),
  };
}

/** The first rank is shared by all that paired tests do not separate; lengths are compared within one column only. */
function isBest(
  reader: DataReader,
  row: number,
  { measure, group, query }: { measure: Measure; group: number; query: Query },
): boolean {
  const shown = reader.rows((other) => reader.cell(other, 'group') === group);
  if (measure === 'accuracy') {
    const ranks = shown.flatMap((other) => reader.number(other, 'rank') ?? []);
    const rank = reader.number(row, 'rank');
    return query.bold.includes('accuracy') && rank !== null && rank === Math.min(...ranks);
  }
  if (
    measure !== 'tokens' ||
    !query.bold.includes('tokens') ||
    reader.number(row, 'comparable') !== 1
  )
    return false;
  const rivals = reader.rows(
    (other) => reader.cell(other, 'group') === group && reader.number(other, 'comparable') === 1,
  );
  const fewest = Math.min(...rivals.flatMap((other) => reader.number(other, 'tokens') ?? []));
  return reader.number(row, 'tokens') === fewest;
}
