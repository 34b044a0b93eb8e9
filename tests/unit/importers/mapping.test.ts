import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { format } from 'prettier';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { createMappingImporter } from '#lib/importers/mapping/mapping-importer.ts';
import { Mapping } from '#lib/importers/mapping/mapping.ts';
import { valueAt } from '#lib/importers/mapping/row-value.ts';

import { importAll } from './import-all.ts';

const EXAMPLES = 'docs/examples';
const BASE = { laconic_mapping: 1, label: 'test', item: { prompt: '/q' }, output: '/a' };

function read(mapping: object, text: string) {
  const importer = createMappingImporter(Mapping.parse({ ...BASE, ...mapping }));
  return importAll(importer, { path: 'file', bytes: Buffer.from(text) });
}

test.each(readdirSync(EXAMPLES).filter((file) => file.endsWith('.mapping.json')))(
  '%s is a mapping',
  (file) => {
    const parsed = Mapping.safeParse(JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')));
    expect(parsed.error).toBeUndefined();
  },
);

test('the published schema is the one that mappings are checked against', async () => {
  const schema = JSON.stringify(z.toJSONSchema(Mapping, { io: 'input' }));
  const text = await format(schema, { parser: 'json', printWidth: 100 });
  await expect(text).toMatchFileSnapshot('../../../docs/formats/mapping.schema.json');
});

test.each<[string, object]>([
  ['no item', { item: {} }],
  ['no text', { output: undefined }],
  ['two sources in one rule', { output: { at: '/a', constant: 'x' } }],
  ['a pointer without a slash', { output: 'a' }],
  ['a field that mappings do not have', { outptu: '/a' }],
])('a mapping with %s is refused', (_, change) => {
  expect(Mapping.safeParse({ ...BASE, format: 'jsonl', ...change }).success).toBe(false);
});

test('pointers take names as they are, samples by number and names by pattern', () => {
  const row = { 'a/b': [1, { c: 2 }], 'o1 (question)': 'x', 'o1 (question) tokens': 5, '': 0 };
  const at = (pointer: string, sampleIndex = 0) => valueAt(pointer, { row, sampleIndex });
  expect(at('/a~1b/0')).toBe(1);
  expect(at('/a~1b/$/c', 1)).toBe(2);
  expect(at('/* (question)')).toBe('x');
  expect(at('/* (question) tokens')).toBe(5);
  expect(at('/o*tokens')).toBe(5);
  expect(at('/a~1b/length')).toBeUndefined();
  expect(at('/toString')).toBeUndefined();
});

test('a list gives a sample for each element', async () => {
  const rows = { samples: '/a', output: '/a/$', tokens: { output: '/n/$' }, reasoning: '/r/$' };
  const { attempts, refused } = await read(
    { format: 'json', rows: '/results/*', ...rows },
    '{"results": [{"q": "1?", "a": ["x", "y"], "n": [3, "4"], "r": ["", "why"]}, {"q": "2?", "a": []}]}',
  );
  expect(
    attempts.map(({ output, reasoning, tokens }) => [output, reasoning, tokens.output]),
  ).toEqual([
    ['x', null, 3],
    ['y', 'why', 4],
  ]);
  expect(attempts.map(({ sampleIndex }) => sampleIndex)).toEqual([0, 1]);
  expect(refused).toMatchObject([{ pointer: '/results/1/a', code: 'missing_outputs' }]);
});

test('columns give a sample each, and line breaks stay inside their quotes', async () => {
  const { attempts, refused } = await read(
    { format: 'csv', samples: ['/One', '/Two'], output: { sample: true } },
    'q,One,Two\n"a\nb",x,y\n"c",x\n',
  );
  expect(attempts.map(({ item, output }) => [item.prompt, output])).toEqual([
    ['a\nb', 'x'],
    ['a\nb', 'y'],
  ]);
  expect(refused).toMatchObject([{ line: 4, code: 'ragged_row' }]);
});

test('rules cut, join, translate and fall back', async () => {
  const item = {
    key: { row: 'row-', unless: '/q' },
    prompt: { at: ['/q', '/question'] },
    gold: { at: '/gold', after: '####' },
  };
  const { attempts } = await read(
    {
      format: 'jsonl',
      item,
      output: { join: ['/a', '/b'] },
      reported: { score: { at: '/s', map: { Right: 1, Wrong: 0 } } },
      extras: { method: { constant: 'cot' }, note: '/note' },
    },
    '{"q": "1?", "gold": "so #### 5 ", "a": "x", "b": "y", "s": "Right"}\n{"gold": 6, "a": "z", "s": "?", "note": "n"}\n',
  );
  expect(attempts).toMatchObject([
    { item: { key: null, gold: '5' }, output: 'x\ny', reported: { score: 1, isCorrect: true } },
    { item: { key: 'row-2', gold: '6' }, output: 'z', reported: { score: null, isCorrect: null } },
  ]);
  expect(attempts.map(({ extras }) => extras)).toEqual([
    { method: 'cot' },
    { method: 'cot', note: 'n' },
  ]);
});

test('rows of other runs and copies are passed over, repeats are counted on', async () => {
  const { rows, parsed, attempts } = await read(
    { format: 'jsonl', only: { '/m': ['A', 1] }, distinct: ['/q', '/a'], repeats: true },
    '{"m":"A","q":"1?","a":"x"}\n{"m":"B","q":"1?","a":"x"}\n{"m":1,"q":"1?","a":"y"}\n{"m":"A","q":"1?","a":"x"}\n',
  );
  expect([rows, parsed]).toEqual([4, 4]);
  expect(attempts.map(({ output, sampleIndex }) => [output, sampleIndex])).toEqual([
    ['x', 0],
    ['y', 1],
  ]);
});
