import { expect, test } from 'vitest';

import { readDocumentRows } from '#lib/ingest/source-rows.ts';

import { chunksOf, collect, cutRandomly } from './byte-source.ts';

const RESULTS = [['groups', '*', 'results', '*']];
const DOCUMENT = `\ufeff{
  "model": "m\\u0041", "list": [1, {"a": 2}], "late": null,
  "groups": [
    {"name": "first", "results": [{"q": 1}, {"q": "}]\\"\\\\"}, 3]},
    {"results": {"x": {"q": [1, 2]}, "y": NaN}, "name": "second"}
  ],
  "after": true
}
`;

async function rowsOf(file: string, paths: readonly (readonly string[])[] = RESULTS) {
  return (await collect(readDocumentRows(chunksOf(file), paths))).flat();
}

test('rows are cut out with their path, line and offset', async () => {
  const rows = await rowsOf(DOCUMENT);
  expect(rows.map((row) => (row.error === null ? [row.path, row.value, row.line] : row))).toEqual([
    [['groups', 0, 'results', 0], { q: 1 }, 4],
    [['groups', 0, 'results', 1], { q: '}]"\\' }, 4],
    [['groups', 0, 'results', 2], 3, 4],
    [['groups', 1, 'results', 'x'], { q: [1, 2] }, 5],
    [['groups', 1, 'results', 'y'], null, 5],
  ]);
  const bytes = Buffer.from(DOCUMENT);
  expect(bytes.toString('utf8', rows[3]!.byteOffset).startsWith('{"q": [1')).toBe(true);
});

test('a row knows what stood before it, and only that', async () => {
  const rows = await rowsOf(DOCUMENT);
  const around = rows.map((row) => (row.error === null ? row.around : null));
  const root = { model: 'mA', list: [1, { a: 2 }], late: null };
  expect(around[0]).toEqual([root, { name: 'first' }]);
  expect(around[3]).toEqual([root, {}, {}]);
});

test.each([1, 2, 3, 4, 5])('cuts inside the text change nothing (seed %i)', async (seed) => {
  const cut = readDocumentRows(cutRandomly(Buffer.from(DOCUMENT), seed), RESULTS);
  expect((await collect(cut)).flat()).toEqual(await rowsOf(DOCUMENT));
});

test.each([
  ['{"groups": [{"results": [{"q": 1}, {"q"', 1, 'cut_document'],
  ['{"groups": [{"results": [{"q": 1}, {"q": 2}', 2, 'cut_document'],
  ['{"groups": [{"results": [{"q": 1} {"q": 2}]}]}', 1, 'invalid_json'],
  ['{"groups": [{"results": [{"q": 1}]}]} x', 1, 'invalid_json'],
  ['{"groups": [{results: []}]}', 0, 'invalid_json'],
  ['', 0, 'cut_document'],
])('%s gives the rows before the fault and one refusal', async (file, count, code) => {
  const rows = await rowsOf(file);
  expect(rows.slice(0, -1).every((row) => row.error === null)).toBe(true);
  expect(rows).toHaveLength(count + 1);
  expect(rows.at(-1)?.error?.code).toBe(code);
});

test('a row that is no JSON is refused by itself, with its pointer from the root', async () => {
  const rows = await rowsOf('[{"a": 1}, {"a": tru}, {"a": 3}]', [['*']]);
  expect(rows.map((row) => row.error?.pointer ?? null)).toEqual([null, '/1/a', null]);
});

test('a row above the limit is refused without being held', async () => {
  const rows = await rowsOf(`[{"a": "${'x'.repeat(17_000_000)}"}, {"a": 1}]`, [['*']]);
  expect(rows.map((row) => row.error?.code ?? null)).toEqual(['line_too_long', null]);
});

test('the document itself may be the row', async () => {
  expect(await rowsOf('  {"a": [1]} ', [[]])).toMatchObject([{ value: { a: [1] }, path: [] }]);
  expect(await rowsOf('12', [[]])).toMatchObject([{ value: 12 }]);
});
