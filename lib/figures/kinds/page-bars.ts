import { z } from 'zod';
import { DataReader, type FigureData } from '../figure-data.ts';
import type { FigureKind } from '../figure-kind.ts';
import type { Plot } from '../plot.ts';
import type { FigureSpec } from '../spec.ts';
import { printAxis, printOf } from '../views/print-axis.ts';
import { readView, viewQuery } from '../views/view-query.ts';

const Query = viewQuery({
  values: z
    .array(z.string().max(100))
    .min(1)
    .max(8)
    .describe('A panel for each; the rows of the table go downwards.'),
});
type Query = z.infer<typeof Query>;

/** Any numbers of a page's table as bars, one for each of its rows. */
export const pageBars: FigureKind<Query> = {
  id: 'page-bars',
  label: 'Bars of a page',
  description: 'Columns of a table of a page as bars, a row of the table beside each.',
  query: Query,
  example: {
    view: 'run-bands',
    of: { run: { benchmark: 'laconic-demo', label: 'search-unlimited' } },
    values: ['repeated'],
  },
  async resolve(query, sources) {
    const data = await readView(query, sources, query.values);
    const isUnknown = data.columns.some(
      ({ id }, place) => query.values.includes(id) && data.rows.some((row) => row[place] === null),
    );
    const notes = [...data.facts.notes, ...(isUnknown ? ['n/a: not known.'] : [])];
    return {
      facts: { ...data.facts, notes },
      columns: [{ id: 'place', kind: 'number' }, ...data.columns],
      rows: data.rows.map((row, index) => [index + 1, ...row]),
    };
  },
  form: { type: 'chart', plot: toPlot },
};

const LOOK = { order: 0, isBase: false, sign: 'box' } as const;

function toPlot(data: FigureData, { values }: Query, spec: FigureSpec): Plot {
  const reader = new DataReader(data);
  const head = data.columns.find(({ print }) => print !== undefined)?.id ?? 'place';
  const names = reader.rows().map((row) => reader.text(row, head));
  return {
    // The axis of each panel says what it shows: one look, and no legend.
    series: [{ name: values.map((id) => printOf(data, id).label).join(', '), ...LOOK }],
    panels: values.map((id) => {
      const { hasInterval } = printOf(data, id);
      return {
        title: null,
        x: printAxis(data, id, { spec, of: 'y', hasZero: true }),
        y: { kind: 'category', label: '', names },
        y2: null,
        layers: [
          {
            mark: 'bars',
            rows: reader.rows(),
            series: 0,
            place: 'place',
            value: id,
            interval: hasInterval ? [`${id}_low`, `${id}_high`] : null,
            lane: { index: 0, of: 1 },
          },
        ],
      };
    }),
  };
}
