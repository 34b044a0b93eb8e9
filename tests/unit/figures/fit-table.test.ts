import { expect, test } from 'vitest';
import { parseSpec } from '#lib/figures/resolve.ts';
import { fitTable } from '#lib/figures/tables/fit-table.ts';
import { toLatexTable } from '#lib/figures/tables/latex-table.ts';
import type { TableLayout } from '#lib/figures/tables/table-layout.ts';
import { latexFaults } from './latex-grammar.ts';

const specFor = (venue: string, columns: 1 | 2 = 1) =>
  parseSpec({ kind: 'page-table', data: { view: 'methods' }, venue, columns }).spec;

/** Numbers with intervals under headings of several words. */
function wideTable(columns: number): TableLayout {
  return {
    rowLabel: 'Run',
    groups: [
      {
        label: '',
        columns: Array.from({ length: columns }, (_, index) => ({
          ...{ label: `Reflections per answer ${String(index + 1)}`, unit: 'number' as const },
          decimals: 2,
        })),
      },
    ],
    blocks: [
      {
        heading: null,
        rows: ['short', 'steady'].map((label) => ({
          label,
          cells: Array.from({ length: columns }, () => ({
            ...{ value: 12.345, halfWidth: 1.234, isBest: false },
          })),
        })),
      },
    ],
  };
}

test('a table that fits is set as it is, without a word', () => {
  const fit = fitTable(wideTable(3), specFor('neurips'));
  expect(fit).toMatchObject({ environment: 'table', size: { command: 'normalsize' }, notes: [] });
  expect(fit.headings).toEqual([
    ['Run'],
    ...[1, 2, 3].map((index) => [`Reflections per answer ${String(index)}`]),
  ]);
});

test('a wider one gets headings in lines and smaller type, then stands on its side', () => {
  const smaller = fitTable(wideTable(6), specFor('neurips'));
  expect(smaller.environment).toBe('table');
  expect(smaller.size.command).not.toBe('normalsize');
  expect(smaller.headings[1]).toEqual(['Reflections', 'per answer', '1']);
  expect(smaller.notes.join(' ')).toContain(`\\${smaller.size.command}`);
  const turned = fitTable(wideTable(10), specFor('neurips'));
  expect(turned.environment).toBe('sidewaystable');
  expect(turned.notes.join(' ')).toMatch(
    /Without (Reflections per answer \d+(, | and )?)+ it would stand upright/,
  );
});

test('a venue of two columns has both of them before a table is turned', () => {
  expect(fitTable(wideTable(6), specFor('icml')).environment).toBe('table*');
  expect(fitTable(wideTable(1), specFor('icml')).environment).toBe('table');
  expect(fitTable(wideTable(1), specFor('icml', 2)).environment).toBe('table*');
  expect(fitTable(wideTable(11), specFor('icml')).environment).toBe('sidewaystable*');
});

test('what fits nowhere names the columns to leave out, and without them it fits', () => {
  const { notes, environment } = fitTable(wideTable(24), specFor('neurips'));
  expect(environment).toBe('sidewaystable');
  const [, names = ''] = /even on its side: leave out (.*)\.$/.exec(notes.join(' ')) ?? [];
  const surplus = names.split(/, | and /).length;
  expect(surplus).toBeGreaterThan(1);
  const fewer = fitTable(wideTable(24 - surplus), specFor('neurips'));
  expect(fewer.notes.join(' ')).not.toContain('leave out');
});

test.each([3, 6, 10, 24])('a table of %i columns is sound LaTeX', (columns) => {
  const layout = wideTable(columns);
  const fit = fitTable(layout, specFor('neurips'));
  const metadata = {
    ...{ title: 'Wide', description: '', specHash: 'a'.repeat(64), dataHash: 'b'.repeat(64) },
    ...{ verifiers: [], date: '2026-01-01T00:00:00.000Z' },
  };
  const tex = toLatexTable(layout, { caption: 'Wide.', metadata, fit });
  expect(latexFaults(tex)).toEqual([]);
  expect(tex.includes('\\usepackage{rotating}')).toBe(fit.environment.startsWith('sideways'));
});
