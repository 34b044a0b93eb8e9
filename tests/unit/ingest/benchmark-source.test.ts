import { describe, expect, test } from 'vitest';
import { ItemMapping, readBenchmarkItems } from '#lib/ingest/benchmark-source.ts';
import type { BenchmarkItem } from '#lib/schemas/benchmark-file.ts';
import { chunksOf } from './byte-source.ts';

async function itemsOf(
  file: string,
  text: string,
  mapping: unknown = {},
): Promise<BenchmarkItem[]> {
  const items: BenchmarkItem[] = [];
  const source = {
    file,
    mapping: ItemMapping.parse(mapping),
    open: () => Promise.resolve(chunksOf(text)),
  };
  for await (const item of readBenchmarkItems(source)) items.push(item);
  return items;
}

describe('a benchmark file', () => {
  test('of JSON lines is read by the usual names of its fields', async () => {
    const line = { unique_id: 7, problem: 'What is 6 × 7?', answer: 42, level: 2, subject: 'sums' };
    expect(await itemsOf('m.jsonl', JSON.stringify(line))).toEqual([
      {
        key: '7',
        prompt: 'What is 6 × 7?',
        gold: '42',
        difficulty: '2',
        groups: { subject: 'sums' },
      },
    ]);
  });

  test('of a table is read by columns, and a mapping takes the end of a text', async () => {
    const csv = 'q,worked,band\n"A, B?","so it is #### 18",hard\n';
    const mapping = {
      question: '/q',
      answer: { at: '/worked', after: '####' },
      groups: { band: '/band' },
    };
    expect(await itemsOf('t.csv', csv, mapping)).toEqual([
      { prompt: 'A, B?', gold: '18', groups: { band: 'hard' } },
    ]);
  });

  test('of worked solutions keeps their marked ends, and a question its story', async () => {
    const rows = [
      { question: 'How many?', answer: '3 + 4 = <<3+4=7>>7\n#### 7' },
      { problem: 'Find x.', solution: 'First \\boxed{1}, so\n\\[ x = \\boxed{\\frac{1}{2}} \\]' },
      { Body: 'Ann has 2 pens.', Question: 'How many pens?', Answer: 2 },
    ];
    const items = await itemsOf('w.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    expect(items.map(({ prompt, gold }) => [prompt, gold])).toEqual([
      ['How many?', '7'],
      ['Find x.', '\\frac{1}{2}'],
      ['Ann has 2 pens. How many pens?', '2'],
    ]);
  });

  test('of an array with choices keeps them', async () => {
    const row = { question: 'Which?', answer: 'B', choices: ['one', 'two'] };
    expect(await itemsOf('a.json', JSON.stringify([row], null, 1))).toEqual([
      { prompt: 'Which?', gold: 'B', choices: ['one', 'two'], groups: {} },
    ]);
  });

  test('of results gives each item once', async () => {
    const rows = [0, 1].map((sample) => ({
      item_key: 'i',
      sample_index: sample,
      prompt: 'Which?',
      gold: '3',
      output: 'It is 3.',
    }));
    const text = rows.map((row) => JSON.stringify(row)).join('\n');
    expect(await itemsOf('r.jsonl', text)).toEqual([
      { key: 'i', prompt: 'Which?', gold: '3', groups: {} },
    ]);
  });

  test('without answers is refused with its line and the names that it has', async () => {
    await expect(itemsOf('x.jsonl', '{"question":"Why?","text":"x"}')).rejects.toMatchObject({
      details: [{ line: 1, message: expect.stringContaining('question, text') as string }],
    });
  });
});
