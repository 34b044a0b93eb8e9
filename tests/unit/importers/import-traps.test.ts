import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { importers } from '#lib/importers/index.ts';
import { createMappingImporter } from '#lib/importers/mapping/mapping-importer.ts';
import { Mapping } from '#lib/importers/mapping/mapping.ts';
import { readSample, recogniseFormat } from '#lib/ingest/recognise.ts';
import { verifiers } from '#lib/verifiers/index.ts';

import { chunksOf } from '../ingest/byte-source.ts';
import { importAll } from './import-all.ts';

function read(format: string, ...rows: readonly unknown[]) {
  const text = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
  return importAll(importers.get(format), { path: 'file', bytes: Buffer.from(text) });
}

function readMapped(mapping: object, text: string) {
  const whole = {
    laconic_mapping: 1,
    label: 'test',
    output: '/a',
    item: { prompt: '/q' },
    ...mapping,
  };
  const importer = createMappingImporter(Mapping.parse(whole));
  return importAll(importer, { path: 'file', bytes: Buffer.from(text) });
}

const usage = (completion: number, reasoning = 0) => ({
  prompt_tokens: 5,
  completion_tokens: completion,
  completion_tokens_details: { reasoning_tokens: reasoning },
});

const answer = (message: object, choices = 1) => ({
  custom_id: 'a#0',
  response: {
    status_code: 200,
    body: {
      model: 'm',
      choices: Array.from({ length: choices }, (_, index) => ({
        index,
        message,
        finish_reason: 'stop',
      })),
      usage: usage(90),
    },
  },
});

test('the model stands in the name of a field', async () => {
  const { attempts } = await readMapped(
    { format: 'json', output: { at: ['/model_answer', '/* (question)'] } },
    '[{"q": "1?", "o1 (question)": "x", "o1 (question) tokens": 3}, {"q": "2?", "model_answer": "y"}]',
  );
  expect(attempts.map(({ output }) => output)).toEqual(['x', 'y']);
});

test('content is a text or a list of parts', async () => {
  const parts = [
    { type: 'text', text: 'a' },
    { type: 'text', text: 'b' },
  ];
  const { attempts } = await read('openai-batch', answer({ content: parts }));
  expect(attempts[0]?.output).toBe('a\nb');
});

const mathVerdict = (gold: string, response: string) => {
  const math = verifiers.get('math');
  return math.verify({ gold, response, isTruncated: false }, math.policy.parse({})).status;
};

test.each<[unknown, string | undefined, string | null, string]>([
  ['so it is\n#### 18', '####', '18', '18'],
  ['3 times 6\n# 18', '# ', '18', '18'],
  ['#### 1,800', '####', '1,800', '1800'],
  ['so it is\n#### 18', undefined, 'so it is\n#### 18', '18'],
  ['# 18', undefined, '# 18', '18'],
  ['\\boxed{18}', undefined, '\\boxed{18}', '18'],
  [27, undefined, '27', '27'],
  ['27.0', undefined, '27.0', '27'],
  [['5'], undefined, '5', '5'],
  [['$5$', '$\\sqrt{6}$'], undefined, '$5$, $\\sqrt{6}$', '\\sqrt{6}, 5'],
  [[5, 6], undefined, '5, 6', '6, 5'],
  [[], undefined, null, ''],
])('the gold %j behind %j is %j, and its answer is right', async (value, after, gold, answer) => {
  const rule = { at: '/g', ...(after !== undefined && { after }) };
  const mapping = { format: 'jsonl', item: { prompt: '/q', gold: rule } };
  const { attempts } = await readMapped(mapping, JSON.stringify({ q: '?', a: 'x', g: value }));
  expect(attempts[0]?.item.gold).toBe(gold);
  if (gold === null) return;
  expect(mathVerdict(gold, `\\boxed{${answer}}`)).toBe('correct');
  expect(mathVerdict(gold, '\\boxed{19}')).toBe('wrong');
});

test('an output that is JSON in a code fence is a text, whole or cut', async () => {
  const fenced = '```json\n{"reasoning": "3 * 6 is 18, not 24", "answer": "18"}\n```';
  const cut = fenced.slice(0, 40);
  const rows = [fenced, cut].map((a, index) => JSON.stringify({ q: String(index), a }));
  const { attempts, refused } = await readMapped({ format: 'jsonl' }, rows.join('\n'));
  expect(refused).toEqual([]);
  expect(attempts.map(({ output }) => output)).toEqual([fenced, cut]);
  expect(mathVerdict('18', fenced)).toBe('correct');
  expect(mathVerdict('24', fenced)).toBe('wrong');
});

test('a cell of a table may hold line breaks, quotes and commas', async () => {
  const { attempts, rows } = await readMapped(
    { format: 'csv', item: { prompt: '/q', gold: '/g' } },
    'q,a,g\r\n"one\ntwo, ""three""","x\r\n\r\ny",7\r\n?,z,8\r\n',
  );
  expect(rows).toBe(2);
  expect(attempts.map(({ item, output }) => [item.prompt, output, item.gold])).toEqual([
    ['one\ntwo, "three"', 'x\r\n\r\ny', '7'],
    ['?', 'z', '8'],
  ]);
});

test('counts over ten samples, and totals that run on, belong to no sample', async () => {
  const text = readFileSync('docs/examples/jhu-concise-cot.mapping.json', 'utf8');
  const importer = createMappingImporter(Mapping.parse(JSON.parse(text)));
  const answers = Array.from({ length: 10 }, (_, index) => `Answer ${String(index + 1)}`);
  const names = ['Id', 'Model', 'Prompt', 'Exam', 'Topic', 'Source', 'Source Id', 'Problem Id'];
  const columns = [...names, 'Problem', ...answers, 'Agent Answer', 'Correct Answer', 'Score'];
  const cells = [...names, '1?', ...answers.map(() => 'A'), 'A', 'A', '1'];
  const table = [
    [...columns, 'Input Tokens', 'Output Tokens', 'Total Tokens'],
    [...cells, '500', '900', '1400'],
  ].map((row) => `${row.join(',')}\n`);
  const bytes = Buffer.from(table.join(''));
  const summed = await importAll(importer, { path: 'file', bytes });
  expect(summed.attempts).toHaveLength(10);
  for (const { tokens, extras } of summed.attempts) {
    expect([tokens.output, tokens.source]).toEqual([null, 'unknown']);
    expect(extras).toMatchObject({ output_tokens_of_all_samples: '900' });
  }
  const running = await readMapped(
    { format: 'jsonl', extras: { usage_so_far: '/so_far/completion_tokens' } },
    [10, 25]
      .map((tokens) => JSON.stringify({ q: tokens, a: 'x', so_far: { completion_tokens: tokens } }))
      .join('\n'),
  );
  expect(running.attempts.map(({ tokens, extras }) => [tokens.output, extras])).toEqual([
    [null, { usage_so_far: 10 }],
    [null, { usage_so_far: 25 }],
  ]);
});

test('a metrics file that is not JSON is refused in words', async () => {
  const sample = await readSample('run.metrics', chunksOf('Num samples: 500\nAccuracy: 52.0\n'));
  expect(() => recogniseFormat(sample)).toThrow('its first lines are not JSON');
});

test('a score is true, false or a share', async () => {
  const scored = (score: unknown) => ({
    question: '?',
    gt: '1',
    code: ['1'],
    pred: ['1'],
    score: [score],
  });
  const { attempts } = await read('qwen-math-harness', scored(true), scored(0), scored(0.4));
  expect(attempts.map(({ reported }) => [reported.score, reported.isCorrect])).toEqual([
    [1, true],
    [0, false],
    [0.4, null],
  ]);
});

test('usage of a request with several choices belongs to none of them', async () => {
  const { attempts } = await read('openai-batch', answer({ content: 'x' }, 4));
  expect(attempts.map(({ tokens }) => tokens.output)).toEqual([null, null, null, null]);
  expect(attempts[3]?.extras).toMatchObject({ request_usage: { completion_tokens: 90 } });
});

test.each([
  { content: 'x', reasoning: 'why' },
  { content: 'x', reasoning_content: 'why' },
  { content: '<think>why</think>x' },
])('reasoning tokens of 0 beside %j are unknown', async (message) => {
  const { attempts } = await read('openai-batch', answer(message));
  expect(attempts[0]?.tokens).toMatchObject({ output: 90, reasoning: null, source: 'provider' });
});

test('empty reasoning of a closed model is no reasoning', async () => {
  const { attempts } = await readMapped(
    { format: 'jsonl', output: undefined, answer: '/a', reasoning: '/t/0' },
    '{"q": "?", "a": "x", "t": [""]}\n{"q": "!", "a": "x", "t": []}',
  );
  expect(attempts.map(({ output, reasoning }) => [output, reasoning])).toEqual([
    ['x', null],
    ['x', null],
  ]);
});

test('copies of a row count once', async () => {
  const row = '{"q": "?", "a": "x"}';
  const { attempts, rows } = await readMapped(
    { format: 'jsonl', distinct: ['/q'] },
    `${row}\n${row}`,
  );
  expect([rows, attempts.length]).toEqual([2, 1]);
});

test('one value beside several samples belongs to none of them', async () => {
  const row = { question: '?', gt: '1', code: ['1', '2'], pred: ['1'], score: [true] };
  const { attempts } = await read('qwen-math-harness', row);
  expect(attempts.map(({ reported }) => reported.score)).toEqual([null, null]);
});

test('U+2028 ends no row', async () => {
  const { rows, attempts } = await read(
    'laconic-jsonl',
    '{"prompt":"a\u2028b","output":"c\u2029"}',
  );
  expect([rows, attempts[0]?.item.prompt]).toEqual([1, 'a\u2028b']);
});

test.each(importers.all.map(({ id }) => id))(
  '%s says nothing of a run that its file does not name',
  (id) => {
    const nothing = { name: 'file', shape: 'lines' as const, rows: [], document: null, head: '' };
    const { model, params } = importers.get(id).hints(nothing);
    expect([model, params]).toEqual([null, {}]);
  },
);
