import { expect, test } from 'vitest';
import { figureKinds } from '#lib/figures/kinds/index.ts';
import { formatsOf, renderFigure } from '#lib/figures/render.ts';
import { parseSpec } from '#lib/figures/resolve.ts';
import { figureFonts } from '#lib/paper/font-files.ts';
import { fixtureFigure, SPECS } from '#tests/unit/figures/figure-fixture.ts';

test('every kind is tried here', () => {
  expect(Object.keys(SPECS).toSorted()).toEqual(figureKinds.all.map(({ id }) => id));
});

test.each(figureKinds.all)('$id describes itself, and its example is a valid query', (kind) => {
  expect(kind.description).toMatch(/^[A-Z].*\.$/);
  expect(() => parseSpec({ kind: kind.id, data: kind.example })).not.toThrow();
});

test.each(figureKinds.all)('$id refuses a field that it does not know', (kind) => {
  expect(() => parseSpec({ kind: kind.id, data: { ...kind.example, surprise: 1 } })).toThrow(
    /surprise/,
  );
});

test.each(figureKinds.all)('$id comes in each of its formats', async ({ id }) => {
  const figure = await fixtureFigure(SPECS[id] ?? {});
  for (const format of formatsOf(figure.parsed)) {
    const content = await renderFigure(figure, format, figureFonts(), { dpi: 72 });
    expect(content.length, format).toBeGreaterThan(40);
  }
});

test.each(figureKinds.all)(
  '$id: numbers are finite, and column names suit LaTeX and CSV',
  async ({ id }) => {
    const { data } = await fixtureFigure(SPECS[id] ?? {});
    expect(data.columns.every((column) => /^[a-z0-9_]+$/.test(column.id))).toBe(true);
    const numbers = data.rows.flat().filter((cell) => typeof cell === 'number');
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.every(Number.isFinite)).toBe(true);
  },
);

test('a spec is one whether defaults are written or not', () => {
  const short = parseSpec({ kind: 'pareto', data: { boards: [{ benchmark: 'sums' }] } });
  const long = parseSpec({ ...short.spec });
  expect(long.spec).toEqual(short.spec);
});
