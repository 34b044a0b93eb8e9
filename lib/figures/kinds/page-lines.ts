import { z } from 'zod';
import { DataReader, type FigureData } from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import type { Layer, Panel, Plot } from '../plot.ts';
import type { FigureSpec } from '../spec.ts';
import { printAxis, printOf } from '../views/print-axis.ts';
import { readView, viewQuery } from '../views/view-query.ts';

const Query = viewQuery({
  x: z.string().max(100).describe('The column from left to right.'),
  y: z
    .array(z.string().max(100))
    .min(1)
    .max(8)
    .describe('Lines in one panel where they share a unit, else a panel each.'),
  series: z.string().max(100).optional().describe('A line for each text of this column.'),
});
type Query = z.infer<typeof Query>;

/** Any numbers of a page's table against another of its columns. */
export const pageLines: FigureKind<Query> = {
  id: 'page-lines',
  label: 'Lines of a page',
  description: 'Columns of a table of a page against another, with their intervals.',
  query: Query,
  example: {
    view: 'series',
    of: { benchmark: 'AIME24', family: 'LASER' },
    x: 'value',
    y: ['accuracy'],
  },
  resolve: ({ x, y, series, ...query }, sources) =>
    readView(query, sources, [x, ...y, ...(series === undefined ? [] : [series])]),
  form: { type: 'chart', plot: toPlot },
};

function toPlot(data: FigureData, query: Query, spec: FigureSpec): Plot {
  const { x, y, series } = query;
  const reader = new DataReader(data);
  const isOnePanel =
    series === undefined && new Set(y.map((id) => printOf(data, id).unit)).size < 2;
  const names =
    series !== undefined
      ? reader.distinct(series).map(String)
      : isOnePanel
        ? y.map((id) => withoutUnit(printOf(data, id).label, y.length))
        : [''];
  const isOn = (row: number, index: number) =>
    series === undefined || reader.text(row, series) === names[index];
  const rowsOf = (index: number) =>
    reader
      .rows((row) => reader.number(row, x) !== null && isOn(row, index))
      .sort((a, b) => (reader.number(a, x) ?? 0) - (reader.number(b, x) ?? 0));
  const panelOf = (columns: readonly string[]): Panel => ({
    title: null,
    x: printAxis(data, x, { spec, of: 'x' }),
    y: printAxis(data, columns[0] ?? '', {
      ...{ spec, of: 'y' },
      // Several lines have their names in the legend; the axis says what they share.
      ...(columns.length > 1 && { label: sharedLabel(data, columns) }),
    }),
    y2: null,
    layers: names.flatMap((_, index): Layer[] => {
      const column = series === undefined && isOnePanel ? (y[index] ?? '') : (columns[0] ?? '');
      const { hasInterval } = printOf(data, column);
      const shared = { series: index, rows: rowsOf(index), x, y: column, isSecondary: false };
      const yInterval = hasInterval ? ([`${column}_low`, `${column}_high`] as const) : null;
      return [
        { ...shared, mark: 'line', path: 'straight', dash: 'look' },
        { ...shared, mark: 'points', xInterval: null, yInterval, label: null, isHollow: false },
        ...levelLayers(reader, {
          ...{ x, y: column, isOn: (row) => isOn(row, index) },
          line: names.length > 1 ? (names[index] ?? '') : null,
        }),
      ];
    }),
  });
  return {
    series: names.map((name, order) => ({ name, order, isBase: false, sign: 'both' })),
    panels: isOnePanel ? [panelOf(y)] : y.map((id) => panelOf([id])),
  };
}

/** Rows that stand beside the curve rather than on it, such as the base model of a series: its value across the panel. */
function levelLayers(
  reader: DataReader,
  {
    x,
    y,
    line,
    isOn,
  }: { x: string; y: string; line: string | null; isOn: (row: number) => boolean },
): Layer[] {
  const { levels } = printOf(reader.data, x);
  if (levels === undefined) return [];
  return reader
    .rows((row) => isOn(row) && reader.number(row, x) === null)
    .flatMap((row): Layer[] => {
      const at = reader.number(row, y);
      const name = reader.text(row, levels);
      const label = line === null ? name : `${name}, ${line}`;
      return at === null
        ? []
        : [{ mark: 'rule', rows: [row], series: null, across: 'y', at, label }];
    });
}

/** Where several lines share an axis, the axis says the unit. */
function withoutUnit(label: string, lines: number): string {
  return lines > 1 ? label.replace(/ \([^()]*\)$/, '') : label;
}

function sharedLabel(data: FigureData, columns: readonly string[]): string {
  const { unit } = printOf(data, columns[0] ?? '');
  return unit === 'fraction' ? '%' : unit === 'tokens' ? 'Tokens' : '';
}
