import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { boardFacts } from '../board-facts.ts';
import { DataReader, toFigureData, type FigureData } from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import { numberAxis, type Plot } from '../plot.ts';
import { BoardChoice, findRunId, readChosenBoard, RowFilter, RunChoice } from '../run-choice.ts';
import { runFacts } from '../run-facts.ts';
import type { FigureSources } from '../sources.ts';
import { axisEnds, type FigureSpec } from '../spec.ts';

const Query = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('run'), board: BoardChoice, ...RowFilter.shape }),
  z.strictObject({ by: z.literal('keyword'), runs: z.array(RunChoice).min(1).max(6) }),
  z.strictObject({ by: z.literal('behaviour'), runs: z.array(RunChoice).min(1).max(6) }),
]);
type Query = z.infer<typeof Query>;

const COLUMNS = {
  place: 'number',
  name: 'text',
  series: 'text',
  run_id: 'text',
  value: 'number',
  count: 'number',
} as const;

/** How much reflection a run spends: per run, by keyword or by judged behaviour. */
export const redundancyBars: FigureKind<Query> = {
  id: 'redundancy-bars',
  label: 'Redundancy',
  description:
    'Reflection keywords per 1,000 tokens by run or by keyword, or the share of responses that show a behaviour by the labels of a judge.',
  query: Query,
  example: { by: 'run', board: { benchmark: 'laconic-demo' } },
  async resolve(query, sources) {
    return query.by === 'run' ? resolveRuns(query, sources) : resolveFindings(query, sources);
  },
  form: { type: 'chart', plot: toPlot },
};

async function resolveRuns(
  query: Extract<Query, { by: 'run' }>,
  sources: FigureSources,
): Promise<FigureData> {
  const board = await readChosenBoard(query.board, query, sources);
  const rows = board.rows
    .filter(({ figures }) => figures.reflectionsPer1kTokens !== null)
    .sort(
      (a, b) => (b.figures.reflectionsPer1kTokens ?? 0) - (a.figures.reflectionsPer1kTokens ?? 0),
    );
  const records = rows.map((row, index) => ({
    place: index + 1,
    name:
      rows.filter(({ label }) => label === row.label).length > 1
        ? `${row.label} (${row.model})`
        : row.label,
    series: 'reflection keywords',
    run_id: row.runId,
    value: row.figures.reflectionsPer1kTokens,
    count: null,
  }));
  if (records.length === 0) {
    throw new AppError(
      'unprocessable',
      'No run that passes the filters has outputs in which reflections were counted.',
    );
  }
  return toFigureData(
    COLUMNS,
    records,
    await boardFacts([{ ...board, rows }], 'Reflection keywords per 1,000 tokens', sources),
  );
}

async function resolveFindings(
  query: Extract<Query, { runs: unknown[] }>,
  sources: FigureSources,
): Promise<FigureData> {
  const ids = await Promise.all(query.runs.map((choice) => findRunId(choice, sources)));
  const runs = await Promise.all(ids.map((id) => sources.run(id)));
  const found = await Promise.all(
    ids.map((id) => (query.by === 'keyword' ? sources.keywords(id) : sources.behaviours(id))),
  );
  const totals = new Map<string, number>();
  for (const { name, count } of found.flatMap(({ findings }) => findings))
    totals.set(name, (totals.get(name) ?? 0) + count);
  const names = [...totals]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([name]) => name);
  const isAmbiguous = new Set(runs.map((run) => run.label)).size < runs.length;
  const records = runs.flatMap((run, index) => {
    const { findings, responses, tokens } = found[index] ?? {
      findings: [],
      responses: 0,
      tokens: null,
    };
    return names.map((name, place) => {
      const count = findings.find((one) => one.name === name)?.count ?? 0;
      return {
        place: place + 1,
        name,
        series: isAmbiguous ? `${run.label} (${run.model.name})` : run.label,
        run_id: run.id,
        value:
          query.by === 'keyword'
            ? perThousand(count, tokens)
            : responses === 0
              ? null
              : count / responses,
        count,
      };
    });
  });
  if (records.length === 0) {
    throw new AppError(
      'unprocessable',
      query.by === 'keyword'
        ? 'None of the keywords stands in the outputs of these runs.'
        : 'These runs have no stored behaviour labels.',
    );
  }
  const methods = [...new Set(found.map(({ method }) => method))].join('; ');
  const subject =
    query.by === 'keyword'
      ? `Keywords per 1,000 tokens (${methods})`
      : `Share of responses with a behaviour (${methods})`;
  return toFigureData(COLUMNS, records, runFacts(runs, subject));
}

function perThousand(count: number, tokens: number | null): number | null {
  return tokens === null || tokens === 0 ? null : (1000 * count) / tokens;
}

function toPlot(data: FigureData, query: Query, spec: FigureSpec): Plot {
  const reader = new DataReader(data);
  const ids = query.by === 'run' ? [null] : reader.distinct('run_id');
  const names = reader
    .distinct('place')
    .map((place) =>
      reader.text(reader.rows((row) => reader.cell(row, 'place') === place)[0] ?? 0, 'name'),
    );
  const rowsOf = (id: (typeof ids)[number]) =>
    reader.rows((row) => id === null || reader.cell(row, 'run_id') === id);
  const axis =
    query.by === 'behaviour'
      ? numberAxis('Responses (%)', 'fraction', { hasZero: true })
      : numberAxis('Keywords per 1,000 tokens', 'number', { hasZero: true });
  return {
    series: ids.map((id, order) => ({
      name: reader.text(rowsOf(id)[0] ?? 0, 'series'),
      order,
      isBase: false,
      sign: 'box',
    })),
    panels: [
      {
        title: null,
        x: { ...axis, ...axisEnds(spec.x) },
        y: { kind: 'category', label: '', names },
        y2: null,
        layers: ids.map((id, index) => ({
          mark: 'bars',
          rows: rowsOf(id),
          series: index,
          place: 'place',
          value: 'value',
          interval: null,
          lane: { index, of: ids.length },
        })),
      },
    ],
  };
}
