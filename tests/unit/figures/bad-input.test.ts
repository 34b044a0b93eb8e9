import { describe, expect, test } from 'vitest';
import { latexText } from '#lib/figures/latex/latex-text.ts';
import { renderFigure } from '#lib/figures/render.ts';
import { parseSpec } from '#lib/figures/resolve.ts';
import { figureFonts } from '#lib/paper/font-files.ts';
import { CHARTS, FAMILIES, fixtureFigure, idOf, SPECS, type FixtureRow } from './figure-fixture.ts';
import { latexFaults } from './latex-grammar.ts';

const HOSTILE = [
  String.raw`\write18{rm -rf x}`,
  '100% sure_thing #1 & more',
  '<script>alert(1)</script>',
  '{unbalanced',
  '$x^2$ ~ `tick`',
  '"quoted", with, commas',
  '=1+cmd()',
  'line\nbreak % \\end{figure}',
  '--dash--',
];
const rows: FixtureRow[] = HOSTILE.map((label, index) => ({
  label,
  family: label,
  model: label,
  accuracy: index / 10,
  tokens: 100 * (index + 1),
  params: { [label]: index, 'step_%': index },
}));

describe.each(Object.entries(SPECS))('%s with hostile names', (_kind, spec) => {
  test('LaTeX stays balanced, and nothing in a name is a command', async () => {
    const tex = String(await renderFigure(await fixtureFigure(spec, rows), 'tex', figureFonts()));
    expect(latexFaults(tex)).toEqual([]);
    const code = tex.replaceAll(/^%.*$/gm, '');
    expect(code).not.toMatch(/\\write18|\\end\{figure\} *\S/);
  });
});

test.each(CHARTS)('%s: markup in names is text in the SVG', async (_kind, spec) => {
  const svg = String(await renderFigure(await fixtureFigure(spec, rows), 'svg', figureFonts()));
  expect(svg).not.toContain('<script');
  expect(svg.match(/<svg /g)).toHaveLength(1);
  expect(svg.match(/<g[ >]/g)?.length).toBe(svg.match(/<\/g>/g)?.length);
});

test('a CSV quotes what it must, and no cell is a formula', async () => {
  const csv = String(
    await renderFigure(await fixtureFigure(SPECS.pareto ?? {}, rows), 'csv', figureFonts()),
  );
  expect(csv).toContain('"""quoted"", with, commas"');
  expect(csv).toContain(",'=1+cmd(),");
});

test('the sources of LaTeX text: every special sign is printed', () => {
  expect(latexText('a_b%c#d&e$f{g}h~i^j\\k')).toBe(
    'a\\_b\\%c\\#d\\&e\\$f\\{g\\}h\\textasciitilde{}i\\textasciicircum{}j\\textbackslash{}k',
  );
  expect(latexText('a\nb')).toBe('a b');
  expect(latexText('α–β')).toBe('\\ensuremath{\\alpha}--\\ensuremath{\\beta}');
});

test('an unknown run is named', async () => {
  const unknown = { benchmark: 'sums', label: 'shrot-1' };
  await expect(fixtureFigure({ kind: 'budget-curve', data: { runs: [unknown] } })).rejects.toThrow(
    /shrot-1.*Known: .*short-1/,
  );
  await expect(fixtureFigure({ kind: 'budget-curve', data: { runs: [idOf(77)] } })).rejects.toThrow(
    /no run/,
  );
});

test('a picture of too many pixels is refused, with the resolution that would do', async () => {
  const many = Array.from({ length: 1500 }, (_, index) => ({
    ...{ label: `run ${String(index)}`, accuracy: 0.5, tokens: 100 },
  }));
  const spec = { kind: 'redundancy-bars', data: { by: 'run', board: { benchmark: 'sums' } } };
  const figure = await fixtureFigure(spec, many);
  await expect(renderFigure(figure, 'png', figureFonts(), { dpi: 600 })).rejects.toThrow(
    /million pixels, more than 50.*dpi or less/,
  );
});

test('an ambiguous label asks for the model', async () => {
  const twins = ['a', 'b'].map((model) => ({ label: 'same', model, accuracy: 0.5, tokens: 10 }));
  const data = { runs: [{ benchmark: 'sums', label: 'same' }] };
  await expect(fixtureFigure({ kind: 'budget-curve', data }, twins)).rejects.toThrow(
    /name the model/,
  );
});

test('nothing to draw is refused with the reason', async () => {
  const data = { boards: [{ benchmark: 'sums' }], model: ['nobody'] };
  await expect(fixtureFigure({ kind: 'pareto', data })).rejects.toThrow(
    /No run on sums that passes the filters/,
  );
});

test('lengths of two sources are drawn together only on request', async () => {
  const mixed: FixtureRow[] = [
    ...FAMILIES,
    { label: 'other', accuracy: 0.4, tokens: 900, column: 'qwen2.5' },
  ];
  const data = { boards: [{ benchmark: 'sums' }] };
  await expect(fixtureFigure({ kind: 'pareto', data }, mixed)).rejects.toThrow(/mixedLengths/);
  const omitted = await fixtureFigure(
    { kind: 'pareto', data: { ...data, mixedLengths: 'omit' } },
    mixed,
  );
  expect(omitted.data.rows).toHaveLength(FAMILIES.length);
  const hollow = await fixtureFigure(
    { kind: 'pareto', data: { ...data, mixedLengths: 'hollow' } },
    mixed,
  );
  expect(hollow.data.rows).toHaveLength(mixed.length);
  expect(hollow.data.facts.notes.join(' ')).toMatch(/Hollow marks/);
});

test('a length of another counter is in the front only when it is told to count, and marked in both', async () => {
  const foreign = { label: 'other', accuracy: 0.999, tokens: 10, column: 'qwen2.5' };
  const read = async (mixedLengths: string) => {
    const data = { boards: [{ benchmark: 'sums' }], mixedLengths };
    const figure = await fixtureFigure({ kind: 'pareto', data }, [...FAMILIES, foreign]);
    const at = (id: string) => figure.data.columns.findIndex((column) => column.id === id);
    const marks = figure.data.rows.filter((row) => row[at('comparable')] === 0);
    const front = figure.data.rows.filter((row) => row[at('on_front')] === 1);
    const names = (rows: typeof marks) => rows.map((row) => row[at('run')]);
    return { marks: names(marks), front: names(front), notes: figure.data.facts.notes.join(' ') };
  };
  const hollow = await read('hollow');
  expect(hollow.marks).toEqual(['other']);
  expect(hollow.front).not.toContain('other');
  expect(hollow.notes).toContain('not part of the front');
  const counted = await read('count');
  expect(counted.marks).toEqual(['other']);
  expect(counted.front).toEqual(['other']);
  expect(counted.notes).toContain('counted in the front');
});

test('a run that hides its reasoning is marked and kept out of the front as on the page, and the caption says so', async () => {
  const hiding: FixtureRow = { label: 'silent', accuracy: 0.999, tokens: 10, concealed: 'hidden' };
  const read = async (rows: readonly FixtureRow[], mixedLengths: string) => {
    const data = { boards: [{ benchmark: 'sums' }], mixedLengths };
    const figure = await fixtureFigure({ kind: 'pareto', data }, rows);
    const at = (id: string) => figure.data.columns.findIndex((column) => column.id === id);
    const names = (id: string, value: number) =>
      figure.data.rows.filter((row) => row[at(id)] === value).map((row) => row[at('run')]);
    const svg = String(await renderFigure(figure, 'svg', figureFonts()));
    const mark = /<path [^>]*data-run="silent"[^>]*>/.exec(svg)?.[0] ?? '';
    return { marks: names('comparable', 0), front: names('on_front', 1), figure, mark };
  };
  const { marks, front, figure, mark } = await read([...FAMILIES, hiding], 'refuse');
  expect(marks).toEqual(['silent']);
  expect(front).not.toContain('silent');
  expect(mark).toContain('fill="#FFFFFF"');
  expect(figure.data.facts.notes).toContain(
    'Hollow marks: reasoning that is hidden or only summarised; they are not part of the front.',
  );
  const counted = await read([...FAMILIES, hiding], 'count');
  expect(counted.front).toEqual(['silent']);
  expect(counted.figure.data.facts.notes.join(' ')).toContain('counted in the front');
  expect((await read([...FAMILIES, hiding], 'omit')).marks).toEqual([]);
  // Where all hide it there is nothing to compare with: the counts stand.
  const all = await read([hiding], 'refuse');
  expect(all.marks).toEqual([]);
  expect(all.front).toEqual(['silent']);
});

test('a run in progress is hollow, never on the front, and the caption says that it is in progress', async () => {
  const live: FixtureRow = { label: 'growing', accuracy: 0.999, tokens: 10, isLive: true };
  for (const mixedLengths of ['refuse', 'hollow', 'count']) {
    const data = { boards: [{ benchmark: 'sums' }], mixedLengths };
    const { data: found } = await fixtureFigure({ kind: 'pareto', data }, [...FAMILIES, live]);
    const at = (id: string) => found.columns.findIndex((column) => column.id === id);
    const row = found.rows.find((one) => one[at('run')] === 'growing');
    expect(row?.[at('comparable')]).toBe(0);
    expect(row?.[at('on_front')]).toBe(0);
    const notes = found.facts.notes.join(' ');
    expect(notes).toContain('Runs in progress are hollow and not part of the front.');
    expect(notes).toContain('In progress, with figures of the samples so far: growing.');
    expect(notes).not.toContain('otherwise');
  }
  const omitted = { boards: [{ benchmark: 'sums' }], mixedLengths: 'omit' };
  const without = await fixtureFigure({ kind: 'pareto', data: omitted }, [...FAMILIES, live]);
  expect(without.data.rows).toHaveLength(FAMILIES.length);
});

test.each([
  [{ show: 'groups', group: 'colour' }, /no label "colour". Known: subject, level/],
  [{ show: 'gradings' }, /Nothing is stored for the gradings of "short-1"/],
])('a table of runs by %j is refused', async (part, reason) => {
  const spec = { kind: 'run-table', data: { runs: [idOf(0)], ...part } };
  await expect(fixtureFigure(spec)).rejects.toThrow(reason);
});

test('runs on different items are not paired', async () => {
  const spec = {
    kind: 'paired-forest',
    data: { baseline: { benchmark: 'nope', label: 'x' }, runs: [idOf(0)] },
  };
  await expect(fixtureFigure(spec)).rejects.toThrow(/No such benchmark/);
});

test('faults of a spec are told with their place', () => {
  expect(() => parseSpec({ kind: 'pareto', data: { boards: [] } })).toThrow(/\/data\/boards/);
  expect(() => parseSpec({ kind: 'pareto', venue: 'vogue' })).toThrow(/\/venue/);
  expect(() => parseSpec({ kind: 'pie' })).toThrow(/Known: .*pareto/);
  expect(() => parseSpec('pareto')).toThrow(/not valid/);
});
