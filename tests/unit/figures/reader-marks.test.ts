import { describe, expect, test } from 'vitest';
import { overlaps } from '#lib/figures/box.ts';
import { listTexts, type Drawing } from '#lib/figures/drawing.ts';
import { drawFigure, renderFigure } from '#lib/figures/render.ts';
import { parseSpec } from '#lib/figures/resolve.ts';
import { figureFonts } from '#lib/paper/font-files.ts';
import { CHARTS, fixtureFigure } from './figure-fixture.ts';
import { latexFaults } from './latex-grammar.ts';

const fonts = figureFonts();
const PARETO = { kind: 'pareto', data: { boards: [{ benchmark: 'sums' }] } };

async function draw(spec: Record<string, unknown>): Promise<Drawing> {
  const drawing = drawFigure(await fixtureFigure(spec), fonts);
  if (drawing === null) throw new Error('A chart draws something.');
  return drawing;
}

const file = async (spec: Record<string, unknown>, format: 'svg' | 'tex') =>
  String(await renderFigure(await fixtureFigure(spec), format, fonts));

/** Words that stand in the drawing, however their lines are broken. */
const wordsOf = (drawing: Drawing) =>
  listTexts(drawing)
    .map(({ text }) => text)
    .join(' ');

describe('a text of the reader', () => {
  test('stands on its place where nothing else does', async () => {
    const drawing = await draw({
      ...PARETO,
      labels: 'none',
      annotations: [{ text: 'cheap', x: 5000, y: 0.4 }],
      x: { min: 500, max: 9000 },
    });
    const [text] = listTexts(drawing).filter((one) => one.text === 'cheap');
    const [label] = drawing.labels.filter(({ of }) => of.kind === 'text');
    expect(text).toBeDefined();
    expect(label).toMatchObject({ right: 0, down: 0 });
  });

  test('moves aside for the mark that it speaks of, and for other texts', async () => {
    const { data } = await fixtureFigure(PARETO);
    const at = (id: string) => data.columns.findIndex((column) => column.id === id);
    const [row = []] = data.rows;
    const [x, y] = [Number(row[at('tokens')]), Number(row[at('accuracy')])];
    const annotations = [1, 2, 3].map((index) => ({ text: `note ${String(index)}`, x, y }));
    const drawing = await draw({ ...PARETO, annotations });
    const texts = listTexts(drawing);
    expect(texts.filter(({ text }) => text.startsWith('note'))).toHaveLength(3);
    texts.forEach(({ box }, index) => {
      expect(texts.slice(index + 1).some((other) => overlaps(box, other.box))).toBe(false);
    });
  });

  test('is broken into lines where it is long, and told where it finds no room', async () => {
    const text = 'a text that is far too long for one line of a narrow column of a paper';
    const drawing = await draw({
      ...PARETO,
      venue: 'acl',
      annotations: [{ text, x: 3000, y: 0.4 }],
    });
    expect(wordsOf(drawing)).toContain('a text that is far');
    expect(listTexts(drawing).some((one) => one.text === text)).toBe(false);
    const crowd = Array.from({ length: 20 }, () => ({ text, x: 3000, y: 0.5 }));
    const crowded = await draw({ ...PARETO, venue: 'acl', annotations: crowd });
    expect(crowded.notes.join(' ')).toContain(text);
  });

  test.each(CHARTS)(
    '%s: a text and a named line are in the drawing and the LaTeX',
    async (_kind, spec) => {
      const marked = {
        ...spec,
        marks: [{ at: 1.5, across: 'x', label: 'left of this' }],
        annotations: [{ text: 'look here', x: 1.2, y: 0.9, panel: 1 }],
      };
      const drawing = await draw(marked);
      const told = `${wordsOf(drawing)} ${drawing.notes.join(' ')}`;
      expect(told).toContain('left of this');
      expect(told).toContain('look here');
      const tex = await file(marked, 'tex');
      expect(latexFaults(tex)).toEqual([]);
      for (const text of ['left of this', 'look here'])
        expect(tex.includes(`{${text}}`), text).toBe(wordsOf(drawing).includes(text));
    },
  );

  test.each([
    String.raw`\write18{rm}`,
    '50 % off_#1 & {more',
    '<script>alert(1)</script>',
    '$x^2$~`a`',
  ])('%s is printed, not obeyed', async (text) => {
    const spec = {
      ...PARETO,
      marks: [{ at: 0.5, across: 'y', label: text }],
      annotations: [{ text, x: 1000, y: 0.9 }],
    };
    const tex = await file(spec, 'tex');
    expect(latexFaults(tex)).toEqual([]);
    expect(tex.replaceAll(/^%.*$/gm, '')).not.toContain('\\write18');
    expect(await file(spec, 'svg')).not.toContain('<script');
  });
});

test.each([
  [{ marks: [{ at: -5, across: 'x' }], x: { scale: 'log' } }, /marks\/0: x = -5.*logarithmic/],
  [{ marks: [{ at: 2, across: 'y' }], y: { max: 1 } }, /marks\/0: y = 2.*ends at 1/],
  [
    { annotations: [{ text: 'a', x: 1, y: 0.1 }], y: { min: 0.2 } },
    /annotations\/0: y.*begins at 0.2/,
  ],
  [{ annotations: [{ text: 'a', x: 1, y: 0.1, panel: 3 }] }, /no panel 3; the figure has 1/],
  [{ annotations: [{ text: 'run 𓂀', x: 900, y: 0.5 }] }, /U\+13080/],
])('%j is refused', async (marks, reason) => {
  await expect(draw({ ...PARETO, ...marks })).rejects.toThrow(reason);
});

test('a spec without them is what it was before they were there', () => {
  expect(parseSpec(PARETO).spec).not.toHaveProperty('annotations');
});
