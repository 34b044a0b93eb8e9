import { describe, expect, test } from 'vitest';
import { renderFigure, type ResolvedFigure } from '#lib/figures/render.ts';
import { figureFonts } from '#lib/paper/font-files.ts';
import { BoardQuery } from '#lib/schemas/board.ts';
import { CHARTS, FAMILIES, fixtureFigure, fixtureSources } from './figure-fixture.ts';

const fonts = figureFonts();
const text = async (figure: ResolvedFigure, format: 'svg' | 'csv' | 'plot.csv' | 'tex') =>
  String(await renderFigure(figure, format, fonts));

/** Row number and numbers of every mark, as the file writes them. */
function marksOf(svg: string): Map<string, string>[] {
  return [...svg.matchAll(/<path [^>]*data-row=[^>]*>/g)].map(
    ([mark]) =>
      new Map(
        [...mark.matchAll(/data-([a-z0-9-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
          name.replaceAll('-', '_'),
          value,
        ]),
      ),
  );
}

function tableOf(csv: string): Map<string, string>[] {
  const [head = '', ...lines] = csv.trimEnd().split(/\r?\n/);
  const names = head.split(',');
  return lines.map(
    (line) => new Map(cellsOf(line).map((cell, index) => [names[index] ?? '', cell])),
  );
}

/** A comma between quotes parts nothing. */
function cellsOf(line: string): string[] {
  const cells = [''];
  let isQuoted = false;
  for (const sign of line) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (sign === ',' && !isQuoted) cells.push('');
    else cells.push(`${cells.pop() ?? ''}${sign}`);
  }
  return cells;
}

describe.each(CHARTS)('%s', (_kind, spec) => {
  test('the SVG, the CSV of the picture and the CSV hold the numbers of the data to the last digit', async () => {
    const figure = await fixtureFigure(spec);
    const { columns, rows } = figure.data;
    const numbers = columns.flatMap(({ id, kind }, place) =>
      kind === 'number' ? [{ id, place }] : [],
    );
    const plot = tableOf(await text(figure, 'plot.csv'));
    expect(plot.length).toBeGreaterThan(0);
    for (const line of plot) {
      for (const { id, place } of numbers) {
        const cell = rows[Number(line.get('row'))]?.[place] ?? null;
        expect(line.get(id)).toBe(cell === null ? 'nan' : String(cell));
      }
    }
    const csv = tableOf(await text(figure, 'csv'));
    expect(csv).toHaveLength(rows.length);
    csv.forEach((line, row) => {
      for (const { id, place } of numbers)
        expect(line.get(id)).toBe(String(rows[row]?.[place] ?? ''));
    });
    for (const mark of marksOf(await text(figure, 'svg'))) {
      for (const { id, place } of numbers) {
        const value = mark.get(id);
        if (value !== undefined) expect(value).toBe(String(rows[Number(mark.get('row'))]?.[place]));
      }
    }
  });

  test('the picture names the CSV and holds none of its measured numbers', async () => {
    const figure = await fixtureFigure(spec);
    const tex = await text(figure, 'tex');
    expect(tex).toContain(`{${figure.hashes.spec}.plot.csv}`);
    const long = figure.data.rows
      .flat()
      .filter((cell) => typeof cell === 'number' && String(cell).length > 12);
    for (const cell of long) expect(tex).not.toContain(String(cell));
  });
});

test('what the policies move is a bar of the picture and a sentence of its caption, on request alone', async () => {
  const rows = FAMILIES.map((row, index) =>
    index === 0
      ? row
      : {
          ...row,
          sensitivity: { strictest: row.accuracy - 0.0625, lenient: row.accuracy + 0.03125 },
        },
  );
  const data = { boards: [{ benchmark: 'sums' }] };
  const plain = await fixtureFigure({ kind: 'pareto', data }, rows);
  expect(plain.data.columns.map(({ id }) => id)).not.toContain('accuracy_strictest');
  expect(plain.hashes.data).toBe((await fixtureFigure({ kind: 'pareto', data })).hashes.data);
  const figure = await fixtureFigure(
    { kind: 'pareto', data: { ...data, sensitivity: true } },
    rows,
  );
  expect(figure.data.facts.notes.join(' ')).toContain('Light bars of the 8 runs graded by both');
  const svg = await text(figure, 'svg');
  expect(svg.match(/opacity="0\.3"/g)).toHaveLength(8);
  expect(marksOf(svg).filter((mark) => mark.has('accuracy_lenient'))).toHaveLength(8);
  const tex = await text(figure, 'tex');
  expect(tex).toContain('thisrow{accuracy_lenient}');
  expect(tex).toContain('line width=3.6pt, opacity=0.3');
});

test('the marks of a front hold the figures of the board', async () => {
  const figure = await fixtureFigure({ kind: 'pareto', data: { boards: [{ benchmark: 'sums' }] } });
  const board = await fixtureSources(FAMILIES).board({
    ...BoardQuery.parse({}),
    benchmark: 'sums',
  });
  const marks = marksOf(await text(figure, 'svg'));
  expect(marks).toHaveLength(FAMILIES.length);
  for (const { runId, figures } of board.rows) {
    const mark = marks.find((one) => one.get('run_id') === runId);
    expect(mark?.get('accuracy')).toBe(String(figures.accuracy));
    expect(mark?.get('tokens')).toBe(String(figures.tokensMean));
    expect(mark?.get('accuracy_low')).toBe(String(figures.accuracyInterval?.low));
    expect(mark?.get('tokens_high')).toBe(String(figures.tokensInterval?.high));
  }
});
