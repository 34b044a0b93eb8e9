import { expect, test } from 'vitest';
import { overlaps } from '#lib/figures/box.ts';
import { listPaths, listTexts, type Drawing } from '#lib/figures/drawing.ts';
import { drawFigure, renderFigure } from '#lib/figures/render.ts';
import { VENUES, HEIGHT_RATIO } from '#lib/figures/venues.ts';
import { figureFonts } from '#lib/paper/font-files.ts';
import { createRng } from '#lib/rng.ts';
import { CHARTS, fixtureFigure, idOf, type FixtureRow } from './figure-fixture.ts';

const fonts = figureFonts();
const PARETO = { kind: 'pareto', data: { boards: [{ benchmark: 'sums' }] } };

async function draw(spec: Record<string, unknown>, rows?: readonly FixtureRow[]): Promise<Drawing> {
  const drawing = drawFigure(await fixtureFigure(spec, rows), fonts);
  if (drawing === null) throw new Error('A chart draws something.');
  return drawing;
}

/** Texts beyond the page or over one another, by name. */
function faultsOf(drawing: Drawing): string[] {
  const texts = listTexts(drawing);
  const faults: string[] = [];
  texts.forEach((text, index) => {
    const { left, right, top, bottom } = text.box;
    if (left < 0 || top < 0 || right > drawing.width || bottom > drawing.height)
      faults.push(`outside: ${text.text}`);
    for (const other of texts.slice(index + 1)) {
      if (overlaps(text.box, other.box)) faults.push(`"${text.text}" over "${other.text}"`);
    }
  });
  return faults;
}

const WORDS = [
  'reward',
  'Länge',
  'budget',
  'αβγ',
  'эффект',
  'naïve',
  'token',
  '深度思考',
  'きょうか',
];

/** Names of 3 to 80 characters in several scripts. */
function manyRows(series: number, { isFamily }: { isFamily: boolean }): FixtureRow[] {
  const rng = createRng('figure labels', series);
  return Array.from({ length: series }, (_, index) => {
    const length = index === 0 ? 80 : rng.between(3, 80);
    let label = '';
    while (label.length < length) label += `${rng.pick(WORDS)}-`;
    const name = `${label.slice(0, length - 2)}${String(index).padStart(2, '0')}`;
    const point = {
      accuracy: rng.float(),
      tokens: 100 + rng.below(20_000),
      hasIntervals: index % 2 === 0,
    };
    return { label: name, ...(isFamily ? { family: name } : {}), ...point };
  });
}

test.each(CHARTS)('%s: texts cover neither each other nor the edge', async (_kind, spec) => {
  for (const { id } of VENUES) {
    for (const columns of [1, 2]) {
      expect(faultsOf(await draw({ ...spec, venue: id, columns })), `${id} ${columns}`).toEqual([]);
    }
  }
});

test.each([1, 2, 3, 5, 8, 13, 21, 30, 40])(
  '%i series: no text over another, in a legend and beside points',
  async (series) => {
    const data = { boards: [{ benchmark: 'sums' }], by: 'family' };
    for (const labels of ['auto', 'direct', 'legend', 'none']) {
      const rows = manyRows(series, { isFamily: true });
      expect(
        faultsOf(await draw({ ...PARETO, data, labels, venue: 'icml' }, rows)),
        labels,
      ).toEqual([]);
    }
    const named = await draw(PARETO, manyRows(series, { isFamily: false }));
    expect(faultsOf(named)).toEqual([]);
  },
);

test('every name of a legend is there, also of 40 series', async () => {
  const rows = Array.from({ length: 40 }, (_, index) => ({
    label: `run ${String(index)}`,
    family: `family ${String(index)}`,
    accuracy: index / 50,
    tokens: 100 + index,
  }));
  const drawing = await draw(
    { ...PARETO, data: { boards: [{ benchmark: 'sums' }], by: 'family' } },
    rows,
  );
  const texts = listTexts(drawing).map(({ text }) => text);
  for (const { family } of rows) expect(texts).toContain(family);
});

test('a name without room beside its point is told, not lost', async () => {
  const rows = Array.from({ length: 40 }, (_, index) => ({
    label: `a rather long name of a run, number ${String(index)}`,
    accuracy: 0.5,
    tokens: 1000,
  }));
  const drawing = await draw({ ...PARETO, venue: 'icml' }, rows);
  const shown = new Set(listTexts(drawing).map(({ text }) => text));
  const told = drawing.notes.join(' ');
  for (const { label } of rows) expect(shown.has(label) || told.includes(label), label).toBe(true);
  expect(told).not.toBe('');
});

test.each(CHARTS)(
  '%s: no text is smaller than its venue allows, no line thinner than half a point',
  async (_kind, spec) => {
    for (const venue of VENUES) {
      const drawing = await draw({ ...spec, venue: venue.id });
      expect(Math.min(...listTexts(drawing).map(({ size }) => size))).toBeGreaterThanOrEqual(
        venue.smallest,
      );
      const widths = listPaths(drawing).flatMap(({ stroke, width }) =>
        stroke === null ? [] : [width],
      );
      expect(Math.min(...widths)).toBeGreaterThanOrEqual(0.5);
    }
  },
);

test.each(VENUES)(
  '$id: the page is as wide as a column, and the golden section high',
  async (venue) => {
    for (const [columns, inches] of [
      [1, venue.widths.one],
      [2, venue.widths.two],
    ] as const) {
      const drawing = await draw({ ...PARETO, venue: venue.id, columns });
      expect(drawing.width).toBeCloseTo(inches * 72, 6);
      expect(drawing.height).toBeCloseTo((inches * 72) / HEIGHT_RATIO, 6);
    }
  },
);

test('a few bars are no higher than they need, and a height that is asked for holds', async () => {
  const spec = { kind: 'redundancy-bars', data: { by: 'keyword', runs: [idOf(0)] } };
  const golden = (VENUES.find(({ id }) => id === 'neurips')?.widths.one ?? 0) * (72 / HEIGHT_RATIO);
  const few = await draw(spec);
  expect(few.height).toBeLessThan(golden / 2);
  expect(faultsOf(few)).toEqual([]);
  expect((await draw({ ...spec, height: 3 })).height).toBeCloseTo(216, 6);
});

test('a character that no font has is an error that names it', async () => {
  const rows = [{ label: 'run 𓂀', accuracy: 0.5, tokens: 100 }];
  await expect(draw(PARETO, rows)).rejects.toThrow(/run 𓂀.*U\+13080.*CSV files/);
});

test.each(['שלום abc', 'نموذج ١'])(
  '%s, from right to left, is refused with what to do, and stands in the CSV',
  async (label) => {
    const rows = [{ label, accuracy: 0.5, tokens: 100 }];
    await expect(draw(PARETO, rows)).rejects.toThrow(
      /can not be drawn: .*right to left.*other letters.*CSV files and Markdown tables/,
    );
    const csv = await renderFigure(await fixtureFigure(PARETO, rows), 'csv', fonts);
    expect(csv).toContain(label);
  },
);

test('accents, Greek, Cyrillic, Han and kana are set', async () => {
  const label = 'Größe αβ Ж 推理 効率 かな';
  const texts = listTexts(await draw(PARETO, [{ label, accuracy: 0.5, tokens: 100 }]));
  expect(texts.map(({ text }) => text)).toContain(label);
});

test('a series over a parameter is solid for accuracy and dashed for tokens, whatever its place', async () => {
  const drawing = await draw({ kind: 'series', data: { board: { benchmark: 'sums' } } });
  const lines = listPaths(drawing).filter(
    ({ stroke, fill, width, datum }) =>
      fill === null && width === 1 && datum === null && stroke !== null,
  );
  expect(lines.map(({ dash }) => dash.length)).toEqual([2, 0, 2, 0, 2, 0]);
});

test('nothing lies outside the axes that a reader sets', async () => {
  const drawing = await draw({ ...PARETO, y: { min: 0.4, max: 0.5 } });
  expect(drawing.shapes.some(({ kind }) => kind === 'clip')).toBe(true);
});
