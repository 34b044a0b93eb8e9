import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { paretoFront } from '#lib/leaderboard/front.ts';
import { lengthMarks } from '#lib/leaderboard/length-marks.ts';
import type { Board, BoardRow } from '#lib/schemas/board.ts';
import { boardFacts } from '../board-facts.ts';
import { DataReader, toFigureData, type FigureData } from '../figure-data.ts';
import { frontBand } from '../front-band.ts';
import type { FigureKind } from '../figure-kind.ts';
import { numberAxis, type Layer, type Panel, type Plot, type PlotSeries } from '../plot.ts';
import { boardName, readChosenBoard, RowFilter, SlicedBoardChoice } from '../run-choice.ts';
import type { FigureSources } from '../sources.ts';
import { axisEnds as ends, type FigureSpec } from '../spec.ts';

const Query = z.strictObject({
  boards: z.array(SlicedBoardChoice).min(1).max(6).describe('One panel each.'),
  ...RowFilter.shape,
  by: z
    .enum(['auto', 'family', 'model', 'run'])
    .default('auto')
    .describe(
      'What makes a series; auto: the family where runs share one, else one series of named runs.',
    ),
  names: z
    .enum(['auto', 'none', 'label', 'parameter'])
    .default('auto')
    .describe('Beside the points; auto: labels where runs are no families.'),
  connect: z
    .boolean()
    .default(true)
    .describe('Join the runs of a family in the order of their parameter.'),
  front: z.boolean().default(true).describe('Draw the front of all runs of a panel.'),
  band: z
    .boolean()
    .default(false)
    .describe('The front under resampled items, 95 %; needs scored outputs of every run.'),
  sensitivity: z
    .boolean()
    // No default: specs that were written before it keep their hash.
    .optional()
    .describe(
      'A light bar at every run from its accuracy under the strictest policy of its verifier to that under the most lenient, where it was graded by both.',
    ),
  mixedLengths: z
    .enum(['refuse', 'hollow', 'count', 'omit'])
    .default('refuse')
    .describe(
      'Runs whose lengths are measured otherwise than the rest. hollow: drawn with a mark and kept out of the front; count: drawn with a mark and part of it. A run in progress is hollow and never part of it; omit leaves it out, too.',
    ),
});
type Query = z.infer<typeof Query>;

const COLUMNS = {
  panel: 'number',
  board: 'text',
  series: 'text',
  run: 'text',
  run_id: 'text',
  model: 'text',
  parameter: 'number',
  is_base: 'number',
  tokens: 'number',
  tokens_low: 'number',
  tokens_high: 'number',
  accuracy: 'number',
  accuracy_low: 'number',
  accuracy_high: 'number',
  on_front: 'number',
  comparable: 'number',
} as const;

/** Only where it is asked for: the data of all other figures stay as they were. */
const SENSITIVITY = { accuracy_strictest: 'number', accuracy_lenient: 'number' } as const;

/** Accuracy against tokens with both intervals, the families as lines and the front behind them. */
export const pareto: FigureKind<Query> = {
  id: 'pareto',
  label: 'Pareto front',
  description:
    'Accuracy against mean tokens: runs with their intervals, families joined, and the front of non-dominated runs.',
  query: Query,
  example: { boards: [{ benchmark: 'AIME24' }], model: ['DeepSeek-R1-Distill-Qwen-1.5B'] },
  async resolve(query, sources) {
    if (query.band && query.boards.some(({ slice = [] }) => slice.length > 0)) {
      throw new AppError(
        'unprocessable',
        'The front has no band over a part of the items: leave data.band or the slice out.',
      );
    }
    const boards: Board[] = [];
    for (const choice of query.boards) {
      const board = await readChosenBoard(choice, query, sources);
      refuseMixed(board, query);
      boards.push({ ...board, rows: await markedRows(board, query, sources) });
    }
    const by = query.by === 'auto' ? chooseSeries(boards) : query.by;
    const models = new Set(boards.flatMap((board) => board.rows.map((row) => row.model)));
    const shared = familiesOfSeveralModels(boards);
    const records = boards.flatMap((board, panel) =>
      orderRows(board).map((row) => ({
        panel: panel + 1,
        board: query.boards[panel]?.title ?? boardName(board),
        series: seriesName(row, by, shared),
        run: row.label,
        run_id: row.runId,
        model: row.model,
        parameter: parameterOf(board, row),
        is_base: Number(row.isFamilyBase),
        tokens: row.figures.tokensMean,
        tokens_low: row.figures.tokensInterval?.low ?? null,
        tokens_high: row.figures.tokensInterval?.high ?? null,
        accuracy: row.figures.accuracy,
        accuracy_low: row.figures.accuracyInterval?.low ?? null,
        accuracy_high: row.figures.accuracyInterval?.high ?? null,
        on_front: Number(row.isOnFront ?? false),
        comparable: Number(row.isLengthComparable),
        accuracy_strictest: row.sensitivity?.strictest ?? null,
        accuracy_lenient: row.sensitivity?.lenient ?? null,
      })),
    );
    const bands = query.band ? await bandRecords(boards, query, sources) : [];
    const names = boards.map((board, index) => query.boards[index]?.title ?? boardName(board));
    const on = models.size === 1 ? ` of ${[...models].join('')}` : '';
    const facts = await boardFacts(
      boards,
      `Accuracy against mean tokens${on} on ${names.join(' and ')}`,
      sources,
    );
    const notes = [
      ...(query.front ? ['The grey steps join the runs that no other run dominates.'] : []),
      ...(query.band
        ? ['Band: where the front lies in 95 % of 1,000 resamples of the items.']
        : []),
      ...(query.sensitivity === true ? [sensitivityNote(records)] : []),
      ...(by === 'run' && records.some(({ on_front }) => on_front === 0)
        ? ['Grey marks: dominated runs.']
        : []),
      ...hollowNotes(boards, query),
      ...facts.notes,
    ];
    const columns: Readonly<Record<string, 'number' | 'text'>> =
      query.sensitivity === true ? { ...COLUMNS, ...SENSITIVITY } : COLUMNS;
    return toFigureData(columns, [...records, ...bands], { ...facts, notes });
  },
  form: { type: 'chart', plot: toPlot },
};

function sensitivityNote(records: readonly { accuracy_strictest: number | null }[]): string {
  const graded = records.filter(({ accuracy_strictest }) => accuracy_strictest !== null).length;
  if (graded === 0) return 'No run was graded under the extreme policies of its verifier.';
  const which = graded === records.length ? '' : ` of the ${graded} runs graded by both`;
  return `Light bars${which}: accuracy from the strictest to the most lenient policy of the verifier; no sampling error is in them.`;
}

/** Not a run: the rows of the band, whose accuracy is the median of the resampled fronts. */
const BAND = 'front band';

async function bandRecords(boards: readonly Board[], query: Query, sources: FigureSources) {
  const records = [];
  for (const [panel, board] of boards.entries()) {
    const runs = board.rows.filter((row) => row.isLengthComparable);
    const scores = await Promise.all(
      runs.map((row) => sources.itemScores(row.runId, board.column ?? undefined)),
    );
    for (const { tokens, low, median, high } of frontBand(scores)) {
      records.push({
        ...{
          panel: panel + 1,
          board: query.boards[panel]?.title ?? boardName(board),
          series: BAND,
        },
        ...{ run: null, run_id: null, model: null, parameter: null, is_base: 0 },
        ...{ tokens, tokens_low: null, tokens_high: null },
        ...{ accuracy: median, accuracy_low: low, accuracy_high: high, on_front: 0, comparable: 1 },
        ...{ accuracy_strictest: null, accuracy_lenient: null },
      });
    }
  }
  return records;
}

/** Lengths of different columns in one picture need the reader's word. */
function refuseMixed(board: Board, { mixedLengths }: Query): void {
  const drawn = drawable(board.rows);
  const mixed = drawn.filter((row) => !row.isLengthComparable && row.state !== 'live');
  if (drawn.length === 0) {
    throw new AppError(
      'unprocessable',
      `No run on ${boardName(board)} that passes the filters has both an accuracy and a length.`,
    );
  }
  if (mixed.length > 0 && mixedLengths === 'refuse') {
    const [first] = mixed;
    throw new AppError(
      'unprocessable',
      `${mixed.length} of ${drawn.length} runs on ${boardName(board)} measure their length otherwise, such as "${first?.label ?? ''}": ${first?.lengthNote ?? ''} Set data.mixedLengths to "hollow" to draw them hollow, to "count" to let them into the front too, or to "omit" to leave them out.`,
    );
  }
}

function drawable(rows: readonly BoardRow[]): BoardRow[] {
  return rows.filter(
    ({ figures }) =>
      figures.accuracy !== null && figures.tokensMean !== null && figures.tokensMean > 0,
  );
}

/** The runs that are drawn: those that the page marks are not comparable, and the front is over the others unless they count. */
async function markedRows(
  board: Board,
  { mixedLengths }: Query,
  sources: FigureSources,
): Promise<BoardRow[]> {
  const rows = drawable(board.rows);
  const concealed = await sources.concealed(rows.flatMap(({ runId, parts }) => parts ?? [runId]));
  const marks = lengthMarks(rows, (id) => concealed[id]);
  const isIn = ({ runId, state }: BoardRow) =>
    state !== 'live' && (mixedLengths === 'count' || !marks.has(runId));
  const front = paretoFront(
    rows
      .filter(isIn)
      .flatMap(({ runId, figures: { accuracy, tokensMean } }) =>
        accuracy === null || tokensMean === null ? [] : [{ runId, tokens: tokensMean, accuracy }],
      ),
  );
  const onFront = new Set(front.map(({ runId }) => runId));
  return rows
    .map((row) => ({
      ...row,
      isLengthComparable: !marks.has(row.runId),
      isOnFront: isIn(row) ? onFront.has(row.runId) : null,
    }))
    .filter((row) => mixedLengths !== 'omit' || row.isLengthComparable);
}

/** Why marks are hollow: a counter of another, reasoning that nobody here can count, or an evaluation under way. */
function hollowNotes(boards: readonly Board[], { mixedLengths }: Query): string[] {
  const hollow = boards.flatMap(({ rows }) => rows.filter((row) => !row.isLengthComparable));
  const marked = hollow.filter(({ state }) => state !== 'live');
  const live =
    marked.length < hollow.length ? ['Runs in progress are hollow and not part of the front.'] : [];
  if (marked.length === 0) return live;
  const reasons = [
    ...(marked.some(({ lengthNote }) => lengthNote !== null) ? ['lengths measured otherwise'] : []),
    ...(marked.some(({ lengthNote }) => lengthNote === null)
      ? ['reasoning that is hidden or only summarised']
      : []),
  ];
  const place = mixedLengths === 'count' ? 'counted in' : 'not part of';
  return [`Hollow marks: ${reasons.join(', or ')}; they are ${place} the front.`, ...live];
}

function chooseSeries(boards: readonly Board[]): 'family' | 'run' {
  const hasFamily = boards.some((board) => {
    const families = board.rows.flatMap((row) =>
      row.family === null ? [] : [`${row.family} ${row.model}`],
    );
    return new Set(families).size < families.length;
  });
  return hasFamily ? 'family' : 'run';
}

function seriesName(
  row: BoardRow,
  by: 'family' | 'model' | 'run',
  shared: ReadonlySet<string>,
): string {
  if (by === 'run') return 'runs';
  if (by === 'model') return row.model;
  const family = row.family ?? row.label;
  return shared.has(family) ? `${family} (${row.model})` : family;
}

/** Only their names need the model beside them. */
function familiesOfSeveralModels(boards: readonly Board[]): Set<string> {
  const models = new Map<string, Set<string>>();
  for (const row of boards.flatMap((board) => board.rows)) {
    const family = row.family ?? row.label;
    models.set(family, (models.get(family) ?? new Set()).add(row.model));
  }
  return new Set([...models].flatMap(([family, known]) => (known.size > 1 ? [family] : [])));
}

/** By family in the board's order of families, and within one by its parameter: lines join neighbours. */
function orderRows(board: Board): BoardRow[] {
  const places = new Map(
    board.families.flatMap(({ runIds }) => runIds).map((id, index) => [id, index]),
  );
  return [...board.rows].sort(
    (a, b) =>
      Number(b.isFamilyBase) - Number(a.isFamilyBase) ||
      (places.get(a.runId) ?? Infinity) - (places.get(b.runId) ?? Infinity) ||
      (a.figures.tokensMean ?? 0) - (b.figures.tokensMean ?? 0) ||
      (a.runId < b.runId ? -1 : 1),
  );
}

function parameterOf(board: Board, row: BoardRow): number | null {
  const family = board.families.find(({ runIds }) => runIds.includes(row.runId));
  const value = family?.parameter == null ? null : row.params[family.parameter];
  return typeof value === 'number' ? value : null;
}

function toPlot(data: FigureData, query: Query, spec: FigureSpec): Plot {
  const reader = new DataReader(data);
  const names = seriesOrder(reader);
  const isRuns = names.length === 1 && names[0]?.name === 'runs';
  const joins = query.connect && !isRuns;
  const series = names.map(({ name, isBase }, index): PlotSeries => ({
    name,
    order: index - names.slice(0, index).filter((one) => one.isBase).length,
    isBase,
    sign: joins && !isBase && rowsOf(reader, name).length > 1 ? 'both' : 'marker',
  }));
  const panels = reader.distinct('panel').map((panel): Panel => {
    const rows = reader.rows((row) => reader.cell(row, 'panel') === panel);
    return {
      title: reader.distinct('panel').length > 1 ? reader.text(rows[0] ?? 0, 'board') : null,
      x: {
        ...numberAxis(axisLabel(data), 'tokens', { scale: spec.x.scale ?? 'log' }),
        ...ends(spec.x),
      },
      y: {
        ...numberAxis('Accuracy (%)', 'fraction', { scale: spec.y.scale ?? 'linear' }),
        ...ends(spec.y),
      },
      y2: null,
      layers: [
        ...bandLayers(reader, rows),
        ...(query.front ? [frontLayer(reader, rows)] : []),
        ...series.flatMap((one, index) =>
          seriesLayers(
            reader,
            rows.filter((row) => reader.text(row, 'series') === one.name),
            {
              ...{ index, joins, isRuns, label: labelColumn(query, spec, isRuns) },
              hasRange: query.sensitivity === true,
            },
          ),
        ),
      ],
    };
  });
  return { panels, series: isRuns ? series.map((one) => ({ ...one, sign: 'marker' })) : series };
}

function axisLabel({ facts }: FigureData): string {
  return facts.lengths?.startsWith('characters') === true
    ? 'Mean characters per response'
    : 'Mean tokens per response';
}

/** The base first, then in the order of the rows. */
function seriesOrder(reader: DataReader): { name: string; isBase: boolean }[] {
  const names = reader
    .distinct('series')
    .map(String)
    .filter((name) => name !== BAND);
  return names
    .map((name) => ({
      name,
      isBase:
        name !== 'runs' && rowsOf(reader, name).every((row) => reader.number(row, 'is_base') === 1),
    }))
    .sort((a, b) => Number(b.isBase) - Number(a.isBase));
}

function rowsOf(reader: DataReader, name: string): number[] {
  return reader.rows((row) => reader.text(row, 'series') === name);
}

function labelColumn(query: Query, spec: FigureSpec, isRuns: boolean): string | null {
  if (spec.labels === 'none' || query.names === 'none') return null;
  if (query.names === 'label') return 'run';
  if (query.names === 'parameter') return 'parameter';
  return isRuns ? 'run' : null;
}

function bandLayers(reader: DataReader, rows: readonly number[]): Layer[] {
  const band = rows.filter(
    (row) => reader.text(row, 'series') === BAND && reader.number(row, 'accuracy_low') !== null,
  );
  if (band.length === 0) return [];
  return [
    { mark: 'band', rows: band, series: null, x: 'tokens', y: ['accuracy_low', 'accuracy_high'] },
  ];
}

function frontLayer(reader: DataReader, rows: readonly number[]): Layer {
  const front = rows
    .filter((row) => reader.number(row, 'on_front') === 1)
    .sort((a, b) => (reader.number(a, 'tokens') ?? 0) - (reader.number(b, 'tokens') ?? 0));
  return {
    mark: 'line',
    rows: front,
    series: null,
    x: 'tokens',
    y: 'accuracy',
    path: 'step',
    isSecondary: false,
    dash: 'look',
  };
}

function seriesLayers(
  reader: DataReader,
  rows: readonly number[],
  {
    index,
    joins,
    isRuns,
    label,
    hasRange,
  }: { index: number; joins: boolean; isRuns: boolean; label: string | null; hasRange: boolean },
): Layer[] {
  const parts = [1, 0].map((comparable) =>
    rows.filter((row) => reader.number(row, 'comparable') === comparable),
  );
  // Without families the colour is free to say who is on the front.
  const groups = isRuns
    ? parts.flatMap((part) =>
        [0, 1].map((onFront) => part.filter((row) => reader.number(row, 'on_front') === onFront)),
      )
    : parts;
  const points = groups.map((part): Layer => ({
    mark: 'points',
    rows: part,
    series: isRuns && reader.number(part[0] ?? 0, 'on_front') === 0 ? null : index,
    x: 'tokens',
    y: 'accuracy',
    xInterval: ['tokens_low', 'tokens_high'],
    yInterval: ['accuracy_low', 'accuracy_high'],
    ...(hasRange && { yRange: ['accuracy_strictest', 'accuracy_lenient'] as const }),
    label,
    isHollow: reader.number(part[0] ?? 0, 'comparable') === 0,
    isSecondary: false,
  }));
  const line: Layer = {
    mark: 'line',
    rows: parts[0] ?? [],
    series: index,
    x: 'tokens',
    y: 'accuracy',
    path: 'straight',
    isSecondary: false,
    dash: 'look',
  };
  return [
    ...(joins && rows.length > 1 ? [line] : []),
    ...points.filter((layer) => layer.rows.length > 0),
  ];
}
