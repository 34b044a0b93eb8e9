import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT } from '#lib/env.ts';
import { drawFigure, renderFigure, type FigureFormat } from '#lib/figures/render.ts';
import { figureFonts } from '#lib/paper/font-files.ts';
import { CHARTS, fixtureFigure, SPECS } from './figure-fixture.ts';
import { latexFaults } from './latex-grammar.ts';
import { hasTool, runTool } from './outside-tools.ts';
import { readPng, readPpm, shrink, similarity } from './raster.ts';

const fonts = figureFonts();
const folder = mkdtempSync(path.join(tmpdir(), 'laconic-figures-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function write(kind: string, format: FigureFormat, options = {}): Promise<string> {
  const figure = await fixtureFigure(SPECS[kind] ?? {});
  const file = path.join(folder, `${kind}.${format}`);
  writeFileSync(file, await renderFigure(figure, format, fonts, options));
  return file;
}

test('two processes in two time zones write the same bytes', () => {
  const digest = (zone: string) =>
    spawnSync(process.execPath, ['tests/unit/figures/digest-figures.ts'], {
      ...{ cwd: ROOT, encoding: 'utf8' as const },
      env: { ...process.env, TZ: zone, LANG: zone === 'UTC' ? 'C' : 'de_DE.UTF-8' },
    });
  const [first, second] = [digest('UTC'), digest('Pacific/Chatham')];
  expect(first.stderr).toBe('');
  expect(first.stdout.split('\n').length).toBeGreaterThan(45);
  expect(second.stdout).toBe(first.stdout);
});

test('a PNG says its resolution and what it was made from', async () => {
  const file = readFileSync(await write('pareto', 'png', { dpi: 600 }));
  expect(file.readUInt32BE(16)).toBe(3300);
  expect(file.indexOf('pHYs')).toBe(37);
  expect(file.readUInt32BE(41)).toBe(Math.round(600 / 0.0254));
  for (const word of ['Title', 'Description', 'Figure', 'Data', 'string@1'])
    expect(file.includes(word), word).toBe(true);
});

test.each(Object.keys(SPECS))('%s: the LaTeX is well-formed', async (kind) => {
  expect(latexFaults(readFileSync(await write(kind, 'tex'), 'utf8'))).toEqual([]);
});

describe.runIf(hasTool('pdffonts', 'what a PDF embeds'))('read back by poppler', () => {
  test.each(CHARTS)(
    '%s: fonts are embedded subsets with a map to Unicode, and nothing is an image',
    async (kind) => {
      const file = await write(kind, 'pdf');
      const lines = runTool('pdffonts', [file]).trimEnd().split('\n').slice(2);
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        expect(line).toMatch(/CID TrueType +Identity-H +yes yes yes/);
        expect(line).not.toContain('Type 3');
      }
      expect(runTool('pdfimages', ['-list', file]).trimEnd().split('\n')).toHaveLength(2);
    },
  );

  test.each(CHARTS)(
    '%s: the page has the size of the drawing, and its text can be copied',
    async (kind) => {
      const drawing = drawFigure(await fixtureFigure(SPECS[kind] ?? {}), fonts);
      const info = runTool('pdfinfo', [await write(kind, 'pdf')]);
      const [, width, height] = /Page size: +([\d.]+) x ([\d.]+) pts/.exec(info) ?? [];
      expect(Math.abs(Number(width) - (drawing?.width ?? 0))).toBeLessThan(0.1);
      expect(Math.abs(Number(height) - (drawing?.height ?? 0))).toBeLessThan(0.1);
      expect(info).toMatch(/Keywords: +figure [0-9a-f]{64}, data [0-9a-f]{64}/);
    },
  );
});

const RASTERISERS = ['rsvg-convert', 'pdftoppm'].every((name) =>
  hasTool(name, 'whether three rasterisers agree'),
);

describe.runIf(RASTERISERS)('three rasterisers', () => {
  test.each(CHARTS)('%s: resvg, librsvg and poppler draw the same picture', async (kind) => {
    // Poppler moves every stroke to whole pixels: drawn four times as fine, that is a quarter of a pixel.
    const dpi = 480;
    const ours = readPng(readFileSync(await write(kind, 'png', { dpi })));
    const svg = await write(kind, 'svg');
    const other = path.join(folder, `${kind}.rsvg.png`);
    runTool('rsvg-convert', ['-w', String(ours.width), '-b', 'white', '-o', other, svg]);
    const page = path.join(folder, `${kind}.page`);
    runTool('pdftoppm', ['-r', String(dpi), '-singlefile', await write(kind, 'pdf'), page]);
    const rasters = [ours, readPng(readFileSync(other)), readPpm(readFileSync(`${page}.ppm`))].map(
      (raster) => shrink(raster, 4),
    );
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      expect(
        similarity(rasters[a]!, rasters[b]!),
        `${String(a)} and ${String(b)}`,
      ).toBeGreaterThanOrEqual(0.98);
    }
  });
});

/** Classes of the base installation and the packages beside it. */
const CLASSES = ['article', 'report', '[twocolumn]article', 'amsart', 'scrartcl'];
const hasPackages = (...files: string[]): boolean =>
  hasTool('kpsewhich', 'LaTeX') &&
  files.every((file) => spawnSync('kpsewhich', [file]).status === 0);
const HAS_TEX =
  hasTool('pdflatex', 'whether LaTeX takes the files') &&
  hasPackages('pgfplots.sty', 'siunitx.sty', 'booktabs.sty', 'amsart.cls', 'scrartcl.cls');

describe.runIf(HAS_TEX)('compiled by LaTeX', () => {
  test.each(CLASSES)(
    '%s takes figures, tables and PDFs without an error',
    async (name) => {
      const kinds = name === 'article' ? Object.keys(SPECS) : ['pareto', 'leaderboard-table'];
      const inputs: string[] = [];
      for (const kind of kinds) {
        await write(kind, 'tex', { csvName: `${kind}.plot.csv` });
        if (kind === 'leaderboard-table') inputs.push(`\\input{${kind}.tex}`);
        else {
          await write(kind, 'plot.csv');
          await write(kind, 'pdf');
          inputs.push(`\\input{${kind}.tex}\\clearpage`, `\\includegraphics{${kind}.pdf}`);
        }
      }
      const [, options = '', documentClass = ''] = /^(\[\w+\])?(\w+)$/.exec(name) ?? [];
      const text = [
        `\\documentclass${options}{${documentClass}}`,
        '\\usepackage{pgfplots,booktabs,siunitx,graphicx}\\pgfplotsset{compat=1.16}\\usepgfplotslibrary{groupplots,fillbetween}',
        '\\begin{document}',
        ...inputs,
        '\\end{document}',
      ];
      const job = `with-${documentClass}${String(options.length)}`;
      writeFileSync(path.join(folder, `${job}.tex`), text.join('\n'));
      const log = runTool(
        'pdflatex',
        ['-interaction=nonstopmode', '-halt-on-error', `${job}.tex`],
        folder,
      );
      expect(log).toMatch(/Output written/);
      expect(log).not.toMatch(/^! /m);
    },
    300_000,
  );
});

const UNICODE_ENGINES = ['xelatex', 'lualatex'].filter((name) =>
  hasTool(name, 'whether it sets Han and Cyrillic letters'),
);
const HAS_FONTS =
  hasTool('fc-list', 'which fonts there are') &&
  ['Noto Serif CJK SC', 'DejaVu Serif'].every(
    (font) => spawnSync('fc-list', [font], { encoding: 'utf8' }).stdout.trim() !== '',
  );
const MANY_SCRIPTS = ['深度思考', 'きょうか', 'Эффект', 'Größe Łódź', 'Δ ≈ αβ', 'Nguyễn đ'];

describe.runIf(HAS_TEX)('letters beyond pdfLaTeX', () => {
  /** A document with a chart and a table that are named in many scripts; gives what the engine says. */
  const compile = async (engine: string, names: readonly string[], packages: string) => {
    const rows = names.map((label, index) => ({
      ...{ label, family: label, accuracy: (index + 1) / 10, tokens: 100 * (index + 1) },
    }));
    const job = `letters-${engine}`;
    for (const kind of ['pareto', 'leaderboard-table']) {
      const figure = await fixtureFigure(SPECS[kind] ?? {}, rows);
      const csvName = `${job}-${kind}.plot.csv`;
      const write = async (file: string, format: FigureFormat) =>
        writeFileSync(
          path.join(folder, file),
          await renderFigure(figure, format, fonts, { csvName }),
        );
      await write(`${job}-${kind}.tex`, 'tex');
      if (kind === 'pareto') await write(csvName, 'plot.csv');
    }
    const text = [
      '\\documentclass{article}',
      `\\usepackage{pgfplots,booktabs,siunitx,${packages}}\\pgfplotsset{compat=1.16}\\usepgfplotslibrary{groupplots,fillbetween}`,
      '\\begin{document}',
      `\\input{${job}-pareto.tex}\\clearpage\\input{${job}-leaderboard-table.tex}`,
      '\\end{document}',
    ];
    writeFileSync(path.join(folder, `${job}.tex`), text.join('\n'));
    const args = ['-interaction=nonstopmode', '-halt-on-error', `${job}.tex`];
    const { stdout } = spawnSync(engine, args, { cwd: folder, encoding: 'utf8', timeout: 290_000 });
    return { stdout, log: readFileSync(path.join(folder, `${job}.log`), 'utf8') };
  };

  test('pdfLaTeX sets what it can and stops with a clear sentence at the rest', async () => {
    const plain = await compile('pdflatex', ['Größe Łódź', 'Δ ≈ αβ Ω', 'naïve «x»'], 'graphicx');
    expect(plain.stdout).toMatch(/Output written/);
    const { stdout } = await compile('pdflatex', MANY_SCRIPTS, 'graphicx');
    expect(stdout.replaceAll('\n', '')).toMatch(
      /^.*! This file has letters that pdfLaTeX can not set.*XeLaTeX/,
    );
  }, 120_000);

  test.runIf(HAS_FONTS).each(UNICODE_ENGINES)(
    '%s sets every letter',
    async (engine) => {
      const { stdout, log } = await compile(engine, MANY_SCRIPTS, 'fontspec');
      expect(stdout).toMatch(/Output written/);
      expect(log).not.toMatch(/Missing character/);
    },
    300_000,
  );
});
