import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '#lib/env.ts';
import { figureViews } from '#lib/figures/views/index.ts';
import { sourceFiles } from './source-files.ts';

/** Lists of things and forms rather than results, and parts of charts whose page holds the button. */
const WITHOUT: Readonly<Record<string, string>> = {
  'app/_board/board-table.client.tsx': 'the board has the button',
  'app/_board/front-twin.tsx': 'the board has the button',
  'app/_charts/chart-panel.tsx': 'its callers hand the button in',
  'app/_charts/table-twin.tsx': 'the table of a chart that has one',
  'app/admin/operations.tsx': 'operation of the server',
  'app/admin/token-table.tsx': 'operation of the server',
  'app/benchmarks/[id]/verdicts/set-table.tsx': 'the page has the button',
  'app/compare/run-picker.tsx': 'a form',
  'app/compare/run-table.tsx': 'the page has the button',
  'app/docs/api/error-table.tsx': 'documentation',
  'app/docs/api/field-table.tsx': 'documentation',
  'app/docs/api/operation.tsx': 'documentation',
  'app/logic/task-table.tsx': 'a list of tasks',
  'app/runs/verdict-panel.tsx': 'one sample',
  'app/submissions/page.tsx': 'a list of submissions',
  'app/submissions/rejected-rows.client.tsx': 'a list of rejected rows',
  'app/verifiers/reward-gap-panel.client.tsx': 'its pages have the button',
  'app/verifiers/verifier-entry.tsx': 'examples of a verifier',
};

const texts = new Map(
  sourceFiles('app')
    .filter((file) => file.endsWith('.tsx') && !file.startsWith('app/_ui/'))
    .map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]),
);

test('every table and chart of a page has a button that makes it a figure, or says why not', () => {
  const shows = [...texts].filter(([, text]) => /<(?:Table|ChartPanel|TableTwin)[\s>]/.test(text));
  const bare = shows.filter(([, text]) => !text.includes('<ExportFigure')).map(([file]) => file);
  expect(bare.toSorted()).toEqual(Object.keys(WITHOUT).toSorted());
});

test('every table that can be exported stands on a page', () => {
  const all = [
    ...texts.values(),
    readFileSync(path.join(ROOT, 'app/_figures/subjects.ts'), 'utf8'),
  ];
  const unused = figureViews.all.filter(({ id }) => all.every((text) => !text.includes(`'${id}'`)));
  expect(unused.map(({ id }) => id)).toEqual([]);
});
