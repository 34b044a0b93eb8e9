import { expect, test } from 'vitest';
import { toViewData } from '#lib/figures/views/view.ts';
import { figureViews } from '#lib/figures/views/index.ts';
import { listTexts } from '#lib/figures/drawing.ts';
import { drawFigure, formatsOf, printFigure, renderFigure } from '#lib/figures/render.ts';
import { parseSpec } from '#lib/figures/resolve.ts';
import { figureFonts } from '#lib/paper/font-files.ts';
import {
  FAMILIES,
  fixtureFigure,
  fixtureSources,
  type FixtureRow,
} from '#tests/unit/figures/figure-fixture.ts';
import { latexFaults } from '#tests/unit/figures/latex-grammar.ts';
import { VIEWS } from '#tests/unit/figures/page-fixture.ts';

const tableOf = (view: string, rows?: readonly FixtureRow[]) =>
  fixtureFigure({ kind: 'page-table', data: { view, of: VIEWS[view] } }, rows);

test('every table of a page is tried here', () => {
  expect(Object.keys(VIEWS).toSorted()).toEqual(figureViews.all.map(({ id }) => id));
});

test.each(figureViews.all)('$id describes itself, and its example is a valid query', (view) => {
  expect(view.description).toMatch(/^[A-Z].*\.$/);
  const spec = { kind: 'page-table', data: { view: view.id, of: view.example } };
  // With defaults filled in it is the same spec: its hash is its address.
  const { spec: parsed } = parseSpec(spec);
  expect(parseSpec(parsed).spec).toEqual(parsed);
});

test.each(figureViews.all)('$id refuses a field that it does not know', ({ id, example }) => {
  const of = { ...example, surprise: 1 };
  expect(() => parseSpec({ kind: 'page-table', data: { view: id, of } })).toThrow(/surprise/);
});

test.each(figureViews.all)(
  '$id: every row has every column, by names for any file',
  async ({ id }) => {
    const view = figureViews.get(id);
    const found = await view.read(view.query.parse(VIEWS[id]), fixtureSources(FAMILIES));
    const { columns, rows } = toViewData(found);
    expect(columns.every((column) => /^[a-z0-9_]+$/.test(column.id))).toBe(true);
    expect(new Set(columns.map((column) => column.id)).size).toBe(columns.length);
    expect(rows.flat()).not.toContain(undefined);
    const used = columns.filter((_, place) => rows.some((row) => row[place] !== null));
    expect(used.length).toBeGreaterThan(1);
    for (const [place, { kind }] of columns.entries())
      for (const row of rows)
        if (row[place] !== null)
          expect(typeof row[place]).toMatch(kind === 'text' ? 'string' : 'number');
  },
);

test.each(figureViews.all)('$id comes as LaTeX, Markdown and CSV', async ({ id }) => {
  const figure = await tableOf(id);
  for (const format of formatsOf(figure.parsed)) {
    const text = String(await renderFigure(figure, format, figureFonts()));
    expect(text.length, format).toBeGreaterThan(40);
    if (format === 'tex') expect(latexFaults(text)).toEqual([]);
  }
});

test.each(figureViews.all)('$id: hostile names are text', async ({ id }) => {
  const rows = FAMILIES.map((row, index) => ({
    ...row,
    label: `${row.label}${index > 1 ? String.raw` \write18{x} & {% $` : ''}`,
    model: '<b>_m%',
  }));
  const figure = await tableOf(id, rows);
  const text = String(await renderFigure(figure, 'tex', figureFonts()));
  expect(latexFaults(text)).toEqual([]);
  expect(text.replaceAll(/^%.*$/gm, '')).not.toContain('\\write18');
});

test('numbers are printed as their pages print them', async () => {
  const printed = printFigure(await tableOf('run-metrics'));
  expect(printed?.head).toEqual(['Metric', 'Value', 'Unit']);
  expect(
    printed?.rows.map(({ label, cells }) => [label, ...cells.map(({ text }) => text)]),
  ).toEqual([
    ['In share', '66.7 ± 6.1', '%'],
    ['In tokens', '812 ± 74', 'tokens'],
    ['In score', '-0.123 ± 0.011', '–'],
  ]);
  const tests = printFigure(await tableOf('series-tests'));
  const [first] = tests?.rows ?? [];
  expect(first?.cells.map(({ text }) => text)).toEqual([
    ...['256', '12', '9.52 ± 5.88', '5', '2', '0.789 ± 0.053', '< 0.0001', '0.0123'],
  ]);
});

test('columns are chosen by id, in their order, and a wrong one is refused with the known ones', async () => {
  const data = { view: 'run-metrics', of: VIEWS['run-metrics'], columns: ['unit', 'value'] };
  const printed = printFigure(await fixtureFigure({ kind: 'page-table', data }));
  expect(printed?.head).toEqual(['Unit', 'Value']);
  await expect(
    fixtureFigure({ kind: 'page-table', data: { ...data, columns: ['valeu'] } }),
  ).rejects.toThrow(/no column "valeu". It has metric, value, unit/);
});

test('any metric of a series is a curve with its interval and its settings as ticks', async () => {
  const of = { ...VIEWS.series, metric: ['pass-at-k?k=8'] };
  const data = { view: 'series', of, x: 'value', y: ['pass_at_k_k_8'] };
  const figure = await fixtureFigure({ kind: 'page-lines', data });
  const svg = String(await renderFigure(figure, 'svg', figureFonts()));
  const place = (id: string) => figure.data.columns.findIndex((column) => column.id === id);
  const drawn = figure.data.rows.filter((row) => row[place('value')] !== null);
  expect(drawn).toHaveLength(3);
  for (const row of drawn)
    for (const id of ['value', 'pass_at_k_k_8', 'pass_at_k_k_8_low'])
      expect(svg).toContain(`data-${id.replaceAll('_', '-')}="${String(row[place(id)])}"`);
  const tex = String(await renderFigure(figure, 'tex', figureFonts()));
  expect(tex).toContain('xtick={256,512,768}');
});

test('a bar of nothing is seen, and where one is unknown a word stands', async () => {
  const data = { view: 'run-bands', of: VIEWS['run-bands'], values: ['repeated', 'after'] };
  const figure = await fixtureFigure({ kind: 'page-bars', data });
  const svg = String(await renderFigure(figure, 'svg', figureFonts()));
  const bars = svg
    .split('<path ')
    .filter((mark) => mark.includes('data-row='))
    .map((mark) => {
      const [, left, right] = /d="M([\d.]+) [\d.]+H([\d.]+)V/.exec(mark) ?? [];
      return {
        isNothing: mark.includes('data-repeated="0"'),
        width: Number(right) - Number(left),
      };
    });
  expect(bars).toHaveLength(5);
  expect(bars.filter(({ isNothing }) => isNothing)).toHaveLength(1);
  for (const { width } of bars) expect(width).toBeGreaterThan(1);
  const words = listTexts(drawFigure(figure, figureFonts()) ?? EMPTY);
  expect(words.filter(({ text }) => text === 'n/a')).toHaveLength(1);
  expect(figure.data.facts.notes).toContain('n/a: not known.');
  expect(String(await renderFigure(figure, 'tex', figureFonts()))).toContain('{n/a};');
});

const EMPTY = { width: 0, height: 0, shapes: [], labels: [], notes: [] };

test('a run without a value on the axis is a level beside the curve, with its name', async () => {
  const data = { view: 'series', of: VIEWS.series, x: 'value', y: ['accuracy'] };
  const figure = await fixtureFigure({ kind: 'page-lines', data });
  const place = (id: string) => figure.data.columns.findIndex((column) => column.id === id);
  const bases = figure.data.rows.filter((row) => row[place('value')] === null);
  expect(bases).toHaveLength(1);
  const [name, level] = ['run', 'accuracy'].map((id) => String(bases[0]?.[place(id)]));
  const svg = String(await renderFigure(figure, 'svg', figureFonts()));
  expect(svg).toContain(`data-run="${name ?? ''}"`);
  expect(svg).toContain(`data-accuracy="${level ?? ''}"`);
  const words = listTexts(drawFigure(figure, figureFonts()) ?? EMPTY);
  expect(words.map(({ text }) => text)).toContain(name);
  expect(String(await renderFigure(figure, 'tex', figureFonts()))).toContain(`{${name ?? ''}};`);
});

test('decimals are those of the unit of a metric, whatever is printed for it', async () => {
  const { data } = await tableOf('run-metrics');
  const place = data.columns.findIndex(({ id }) => id === 'metric_unit');
  expect(data.rows.map((row) => row[place])).toEqual(['share', 'tokens', 'score']);
});
