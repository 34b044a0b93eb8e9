import { z } from 'zod';
import { metricDecimals } from '#lib/analysis/print-metric.ts';
import { DataReader, type ColumnPrint, type DataColumn, type FigureData } from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import type { FigureSpec } from '../spec.ts';
import { printCell } from '../tables/print-cell.ts';
import type { TableCell, TableLayout } from '../tables/table-layout.ts';
import { readView, viewQuery } from '../views/view-query.ts';

const Query = viewQuery({
  columns: z
    .array(z.string().max(100))
    .max(40)
    .default([])
    .describe('In this order; empty: all. The first heads the rows.'),
});
type Query = z.infer<typeof Query>;

/** Any table of a page as a table of a paper. */
export const pageTable: FigureKind<Query> = {
  id: 'page-table',
  label: 'Table of a page',
  description: 'A table as a page shows it, with its columns, units, digits and intervals.',
  query: Query,
  example: { view: 'methods' },
  resolve: async (query, sources) => withHalves(await readView(query, sources, query.columns)),
  form: { type: 'table', layout: toLayout },
};

/** A table with ± says what it is. */
function withHalves(data: FigureData): FigureData {
  const isKnown = data.columns.some(
    ({ id }, place) => id.endsWith('_low') && data.rows.some((row) => row[place] !== null),
  );
  if (!isKnown) return data;
  const notes = [...data.facts.notes, '± is half the width of the interval.'];
  return { ...data, facts: { ...data.facts, notes } };
}

type Printed = DataColumn & { print: ColumnPrint };

function toLayout(data: FigureData, query: Query, spec: FigureSpec): TableLayout {
  const reader = new DataReader(data);
  const known = data.columns.filter((column): column is Printed => column.print !== undefined);
  const shown =
    query.columns.length === 0
      ? known
      : query.columns.flatMap((id) => known.filter((column) => column.id === id));
  const [head, ...columns] = shown;
  if (head === undefined) throw new RangeError('A table has a column.');
  return {
    rowLabel: head.print.label,
    groups: [{ label: '', columns: columns.map(({ print }) => print) }],
    blocks: [
      {
        heading: null,
        rows: reader.rows().map((row) => ({
          label: printCell(toCell(reader, row, head, spec), head.print)?.value ?? '',
          cells: columns.map((column) => toCell(reader, row, column, spec)),
        })),
      },
    ],
  };
}

function toCell(reader: DataReader, row: number, column: Printed, spec: FigureSpec): TableCell {
  const { id, print } = column;
  const [low, high] =
    spec.intervals && print.hasInterval
      ? [reader.number(row, `${id}_low`), reader.number(row, `${id}_high`)]
      : [null, null];
  const value = reader.cell(row, id);
  return {
    value,
    halfWidth: low === null || high === null ? null : (high - low) / 2,
    isBest: false,
    ...(print.unit === 'metric' && { as: metricLook(value, reader.text(row, 'metric_unit')) }),
  };
}

/** Written as pages write a metric of this unit. */
function metricLook(value: TableCell['value'], unit: string): NonNullable<TableCell['as']> {
  return {
    unit: unit === 'share' ? 'fraction' : 'number',
    decimals: metricDecimals(typeof value === 'number' ? value : 0, unit),
  };
}
