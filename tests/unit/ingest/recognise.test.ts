import { gzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { AppError } from '#lib/errors.ts';
import type { Importer } from '#lib/importers/importer.ts';
import { importers } from '#lib/importers/index.ts';
import { readSample, recogniseFormat } from '#lib/ingest/recognise.ts';

import { chunksOf } from './byte-source.ts';

const ROW = '{"laconic":1,"prompt":"1 + 1?","output":"2"}\n';

async function refusal(
  file: string | Uint8Array,
  candidates?: readonly Importer[],
): Promise<AppError> {
  const sample = await readSample('results.bin', chunksOf(file));
  try {
    recogniseFormat(sample, candidates);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('The file was recognised.');
}

test.each([
  ['', 'it is empty'],
  ['\n \n', 'it is empty'],
  ['PK\u0003\u0004rest', 'it is a zip archive'],
  ['{\n  "a": 1\n}\n', 'one JSON document with the fields a'],
  ['[{"a":1},\n{"b":2}]\n', 'its first row has the fields a'],
  ['{\n "results": {}, "configs": {}, "n-samples": {}}', 'send samples_*.jsonl'],
  ['[{"instance_id":1,"stats":[]}]', 'send its scenario_state.json'],
  ['{"accuracy (8 runs average)": 50, "details": []}', 'an OpenCompass summary'],
  ['{"G-Pass@8_0.5": 50, "details": {"type": "GEN"}}', 'file of the same name in predictions/'],
  [
    '{"name": "x", "description": "y", "tags": [], "definition_path": "z"}',
    'the scenario of a HELM',
  ],
  ['{"total_tasks": 2, "total_attempts": 4, "task_results": {}}', 'ARC totals'],
  ['[{"attempt_1": {"answer": [[1]], "correct": true}}]', 'no verifier here reads'],
  ['{"$schema": "x", "properties": {}}', 'a JSON Schema'],
  ['[1,\n2]\n', 'its rows are not JSON objects'],
  [
    'a,b\n1,2\n',
    'its first lines are not JSON, but look like a table with the columns a, b. A mapping',
  ],
  ['Num samples: 500\nAccuracy: 52.0\n', 'its first lines are not JSON.'],
  ['{"a":1}\n{"a":2}\n', 'fields a. A mapping reads'],
  ['"a"\n"b"\n', 'its rows are not JSON objects'],
  ['{"doc_id":1,"filtered_resps":[]}\n', 'doc_id, filtered_resps'],
])('%j is refused with what was seen', async (file, seen) => {
  const error = await refusal(file);
  expect(error.code).toBe('unsupported_format');
  expect(error.message).toContain(seen);
  expect(error.details).toHaveLength(importers.all.length);
});

test('a parquet file that was cut is told', async () => {
  await expect(refusal('PAR1rest')).rejects.toThrow(/no directory at its end/);
});

test('a file that two importers claim is refused with both reasons', async () => {
  const twin: Importer = {
    ...importers.get('laconic-jsonl'),
    id: 'twin',
    recognise: () => 'likes all',
  };
  const error = await refusal(ROW, [...importers.all, twin]);
  expect(error.details.map((detail) => detail.code)).toEqual(['ambiguous', 'ambiguous']);
  expect(error.details[1]?.message).toContain('likes all');
});

test('a few faulty rows do not hide the format', async () => {
  const rows = [ROW, ROW.replace('output', 'outptu'), '{"a":\n', ROW].join('');
  const sample = await readSample('x.jsonl', chunksOf(rows));
  expect(recogniseFormat(sample).importer.id).toBe('laconic-jsonl');
});

test.each([
  ['one line', `[${ROW.trim()},${ROW.trim()}]\n`],
  ['several lines', `[\n  ${ROW.trim()},\n  ${ROW.trim()}\n]`],
])('an array of rows in %s is known by its members', async (_, file) => {
  const sample = await readSample('x.jsonl', chunksOf(file));
  expect(sample).toMatchObject({ shape: 'document', rows: [{ laconic: 1 }, { laconic: 1 }] });
  expect(recogniseFormat(sample).importer.id).toBe('laconic-jsonl');
});

test('a packed file is sampled unpacked, and no further than needed', async () => {
  let chunks = 0;
  async function* source(): AsyncGenerator<Uint8Array> {
    for (; chunks < 10_000; chunks += 1) yield* chunksOf(gzipSync(ROW.repeat(1000)));
  }
  const sample = await readSample('x.jsonl.gz', source());
  expect(sample.rows).toHaveLength(20);
  expect(sample.head).toHaveLength(4096);
  expect(chunks).toBeLessThan(10);
});

test('of rows of many megabytes a few are enough', async () => {
  const row = `${JSON.stringify({ prompt: 'p', output: 'x'.repeat(15_000_000) })}\n`;
  const sample = await readSample('x.jsonl', chunksOf(row, row, row, row));
  expect(sample.rows).toHaveLength(2);
});
