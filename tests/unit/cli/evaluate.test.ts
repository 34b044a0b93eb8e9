import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ROOT } from '#lib/env.ts';
import type { LaconicRow } from '#lib/schemas/laconic-row.ts';
import { refuse, startModelServer, stream, type AskedModel } from '../runner/model-server.ts';

let folder = '';
let close: (() => Promise<unknown>) | null = null;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'laconic-evaluate-'));
  const items = Array.from({ length: 6 }, (_, index) => ({
    key: `q${String(index)}`,
    prompt: `What is ${String(index)} + 1?`,
    gold: index + 1,
  }));
  await writeFile(
    path.join(folder, 'items.jsonl'),
    items.map((item) => JSON.stringify(item)).join('\n'),
  );
});

afterEach(async () => {
  await close?.();
  await rm(folder, { recursive: true, force: true });
});

function laconic(
  args: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = path.join(ROOT, 'scripts', 'laconic.ts');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, 'evaluate', ...args],
      { cwd: ROOT },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
  });
}

function answerTo(asked: AskedModel): string {
  const sum = Number(/\d+/.exec(asked.messages.at(-1)?.content ?? '')?.[0]) + 1;
  return `So \\boxed{${String(sum)}}.`;
}

test('faults of a server cost nothing but time, and a run that ended goes on where it was', async () => {
  const server = await startModelServer((asked, response, nth) => {
    const answer = { reasoning: 'One more.', content: answerTo(asked) };
    if (nth === 2) refuse(429, { 'retry-after': '0' })(asked, response, nth);
    else if (nth === 3) refuse(500)(asked, response, nth);
    else if (nth === 5) stream({ ...answer, isCut: true })(asked, response, nth);
    else if (nth === 6) stream({ ...answer, usage: null })(asked, response, nth);
    else if (nth === 7) stream({ ...answer, field: 'reasoning' })(asked, response, nth);
    else stream(answer)(asked, response, nth);
  });
  close = server.close;
  const flags = [
    ...[
      '--endpoint',
      server.endpoint,
      '--model',
      'tiny',
      '--items',
      path.join(folder, 'items.jsonl'),
      '--no-submit',
    ],
    ...[
      '--samples',
      '2',
      '--seed',
      '40',
      '--temperature',
      '0.6',
      '--out',
      path.join(folder, 'out.jsonl'),
    ],
  ];
  const first = await laconic([...flags, '--limit', '4', '--concurrency', '3']);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(server.asked).toHaveLength(8 + 3);

  // A crash in the middle of a line, then the whole benchmark.
  await appendFile(path.join(folder, 'out.jsonl'), '{"item_key":"q4","sample');
  const second = await laconic(flags);
  expect(second).toMatchObject({ code: 0, stderr: '' });
  expect(second.stdout).toContain('4 answers and 8 from before');

  const text = await readFile(path.join(folder, 'out.jsonl'), 'utf8');
  const rows = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LaconicRow);
  const names = rows.map((row) => `${row.item_key ?? ''} ${String(row.sample_index)}`);
  expect(new Set(names).size).toBe(12);
  expect(rows).toHaveLength(12);
  for (const row of rows) {
    expect(row).toMatchObject({
      reasoning: 'One more.',
      answer: `So \\boxed{${row.gold ?? ''}}.`,
      finish_reason: 'stop',
      params: { temperature: 0.6, seed: 40 + (row.sample_index ?? 0) },
    });
  }
  const uncounted = rows.filter(({ tokens }) => tokens === null);
  expect(uncounted, 'an answer without usage has no count').toHaveLength(1);

  const other = await laconic([...flags, '--temperature', '1']);
  expect(other).toMatchObject({ code: 1 });
  expect(other.stderr).toContain('another decoding');
}, 120_000);

test('a key that is refused ends the run at once and says so', async () => {
  const server = await startModelServer(refuse(401));
  close = server.close;
  const { code, stdout } = await laconic([
    ...[
      '--endpoint',
      server.endpoint,
      '--model',
      'tiny',
      '--items',
      path.join(folder, 'items.jsonl'),
      '--no-submit',
    ],
    ...['--concurrency', '1', '--out', path.join(folder, 'out.jsonl')],
  ]);
  expect(code).toBe(1);
  expect(stdout).toContain(
    '6 answers are missing (5 not asked: The endpoint answers with status 401',
  );
  expect(server.asked).toHaveLength(1);
}, 60_000);
