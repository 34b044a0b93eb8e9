import { expect, test } from 'vitest';

import { readTableRows } from '#lib/ingest/table-rows.ts';

import { chunksOf, collect, cutRandomly } from './byte-source.ts';

const TABLE =
  '\ufeffid,text,n\r\n1,"two\nlines, ""quoted""",3\r\n\r\n2,é,\r\n3,a\n4,"b"c,5\n5,"open';

async function rowsOf(file: string, delimiter: ',' | '\t' = ',') {
  return (await collect(readTableRows(chunksOf(file), delimiter))).flat();
}

test('fields are texts by column, and faulty rows are named by their line', async () => {
  const rows = await rowsOf(TABLE);
  expect(rows.map((row) => (row.error === null ? row.value : row.error.code))).toEqual([
    { id: '1', text: 'two\nlines, "quoted"', n: '3' },
    { id: '2', text: 'é', n: '' },
    'ragged_row',
    'invalid_field',
    'cut_row',
  ]);
  expect(rows.map((row) => row.line)).toEqual([2, 5, 6, 7, 8]);
  const bytes = Buffer.from(TABLE);
  expect(rows.map((row) => bytes.toString('utf8', row.byteOffset, row.byteOffset + 2))).toEqual([
    '1,',
    '2,',
    '3,',
    '4,',
    '5,',
  ]);
});

test.each([1, 2, 3, 4])('cuts inside the text change nothing (seed %i)', async (seed) => {
  const cut = readTableRows(cutRandomly(Buffer.from(TABLE), seed), ',');
  expect((await collect(cut)).flat()).toEqual(await rowsOf(TABLE));
});

test('a table by tabs keeps its commas', async () => {
  expect(await rowsOf('a\tb\n1,5\t"x\ty"\n', '\t')).toMatchObject([
    { value: { a: '1,5', b: 'x\ty' } },
  ]);
});

test('what the database can not hold is replaced and counted', async () => {
  const file = Buffer.concat([Buffer.from('a,b\nx\0y,'), Buffer.from([0xff]), Buffer.from('z\n')]);
  const rows = (await collect(readTableRows(chunksOf(file), ','))).flat();
  expect(rows).toMatchObject([
    { value: { a: 'x\u2400y', b: '\ufffdz' }, changes: { nul: 1, badUtf8: 1 } },
  ]);
});

test('a heading alone is no row', async () => {
  expect(await rowsOf('a,b\n')).toEqual([]);
  expect(await rowsOf('')).toEqual([]);
});
