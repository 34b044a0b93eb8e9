import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { inspectFile } from '#lib/ingest/inspect-file.ts';

import { chunksOf } from '../ingest/byte-source.ts';

const ROWS = [
  '{"laconic":1,"item_key":"a","gold":"2","output":"2","tokens":{"output":3,"source":"runner"},"reported":{"score":1,"correct":true}}',
  '{"laconic":1,"item_key":"a","sample_index":1,"gold":"2","output":"3","tokens":{"output":5,"source":"runner"},"reported":{"score":0,"correct":false}}',
  '{"laconic":1,"item_key":"b","error":{"code":"timeout","message":"none"}}',
];

function inspect(...rows: readonly string[]) {
  const open = () => Promise.resolve(chunksOf(`${rows.join('\n')}\n`));
  return inspectFile({ file: 'run.jsonl', importer: null, open });
}

test('a report adds up and says what the source itself scored', async () => {
  expect(await inspect(...ROWS)).toMatchObject({
    format: 'laconic-jsonl',
    rows: { received: 3, read: 3, skipped: 0, rejected: 0 },
    attempts: 3,
    errors: 1,
    items: 2,
    itemsWithGold: 1,
    samplesPerItem: { least: 1, most: 2 },
    tokens: { sources: { runner: 2, unknown: 1 }, outputTotal: 8 },
    reported: { scored: 2, meanScore: 0.5, correct: 1, wrong: 1 },
    findings: [],
  });
});

test('a file of a known format without samples is refused in words', async () => {
  const log = '{"version": 2, "status": "success", "eval": {"task": "t"}, "results": {}}';
  await expect(inspect(log)).rejects.toMatchObject({
    code: 'unprocessable',
    message: expect.stringContaining(
      'Inspect JSON log (matched on eval.task and status)',
    ) as string,
  });
});

test('a named tokenizer counts the attempts that show a text', async () => {
  const open = () => Promise.resolve(chunksOf(`${ROWS.join('\n')}\n`));
  const counter = {
    tokenizer: 'letters',
    count: (attempt: { output: string | null }) => attempt.output?.length ?? null,
  };
  const report = await inspectFile({ file: 'run.jsonl', importer: null, open, counter });
  expect(report.tokens.counted).toEqual({ tokenizer: 'letters', attempts: 2, outputTotal: 2 });
  expect((await inspect(...ROWS)).tokens.counted).toBeNull();
});

test('rows that an import would reject are told with their reasons', async () => {
  const { rows, findings } = await inspect(...ROWS, ROWS[0]!, '{"laconic":1,"output":"2"}', '{');
  expect(rows).toEqual({ received: 6, read: 3, skipped: 0, rejected: 3 });
  expect(findings.map(({ line, code }) => [line, code])).toEqual([
    [4, 'duplicate_sample'],
    [5, 'invalid_field'],
    [6, 'invalid_json'],
  ]);
});

test('rows that repeat others are neither read nor rejected', async () => {
  const row = (filter: string) =>
    `{"doc_id":0,"doc":{"question":"1?"},"target":"1","arguments":{},"resps":[["1"]],"filtered_resps":["1"],"filter":"${filter}"}`;
  const { rows, attempts } = await inspect(row('strict'), row('flexible'));
  expect(rows).toEqual({ received: 2, read: 1, skipped: 1, rejected: 0 });
  expect(attempts).toBe(1);
});

test('the command tells by its exit code what it found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const good = write('good.jsonl', ROWS.join('\n'));
  const bad = write('bad.jsonl', `${ROWS.join('\n')}\n{"laconic":1}\n`);
  const odd = write('odd.txt', 'nothing\n');
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, ['scripts/laconic.ts', 'inspect', ...args], { encoding: 'utf8' });

  const [report] = JSON.parse(
    execFileSync(process.execPath, ['scripts/laconic.ts', 'inspect', good, '--json'], {
      encoding: 'utf8',
    }),
  ) as { attempts: number }[];
  expect(report?.attempts).toBe(3);
  const rejected = run(good, bad);
  expect(rejected.status).toBe(1);
  expect(rejected.stdout).toContain('rejected    line 4');
  const unknown = run(bad, odd);
  expect(unknown.status).toBe(2);
  expect(unknown.stdout).toContain('in no known format');
  expect(run().status).toBe(2);
  expect(run(good, '--format', 'nothing').stderr).toContain('laconic-jsonl');
});
