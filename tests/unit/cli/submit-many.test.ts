import { rmSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SubmissionHeader } from '#lib/schemas/submission.ts';
import type { Progress } from '#scripts/client/progress.ts';
import { findFiles, type FoundFile } from '#scripts/submit/find-files.ts';
import { nameFiles } from '#scripts/submit/name-patterns.ts';
import { submitEach, type NamedFile } from '#scripts/submit/submit-each.ts';
import { submitWatched } from '#scripts/submit/submit-watched.ts';
import { describeResults, isRefused } from '#scripts/submit/summary-table.ts';
import { BoardServer } from './board-server.ts';

let folder: string;
let server: BoardServer;
let connection: { server: string; token: string };
const silent: Progress = {
  sending: () => undefined,
  following: () => undefined,
  note: () => undefined,
  end: () => undefined,
};

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'laconic-many-'));
  server = new BoardServer();
  connection = { server: await server.listen(), token: 'lac_test' };
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function write(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), `{"output":"${name}"}\n`);
  }
}

const below = (found: readonly FoundFile[]): string[] =>
  found.map(({ file }) => path.relative(folder, file));

function named({ file }: FoundFile): NamedFile {
  const label = path.basename(file);
  return { file, header: SubmissionHeader.parse({ benchmark: 'sums', model: 'm', label }) };
}

test('folders are read deep and without what is no results file; named files and patterns as they are', async () => {
  await write(
    'a/x.jsonl',
    'a/deep/y.json.gz',
    'a/deep/z.parquet',
    'a/README.md',
    'a/.cache/z.jsonl',
    'b/odd.txt',
  );
  const at = (...names: string[]) => findFiles(names.map((name) => path.join(folder, name)));
  expect(below(await at('a'))).toEqual(['a/deep/y.json.gz', 'a/deep/z.parquet', 'a/x.jsonl']);
  expect(below(await at('b/odd.txt', 'a/*.jsonl'))).toEqual(['b/odd.txt', 'a/x.jsonl']);
  expect(below(await at('a', 'a/x.jsonl'))).toHaveLength(3);
  await expect(at('b')).rejects.toThrow('There are no results files at');
  await expect(at('a/*.csv')).rejects.toThrow('There are no results files at');
});

test('names are filled in from the path', () => {
  const files = [{ file: 'out/qwen/math/run1.jsonl.gz', root: 'out' }];
  const values = { benchmark: '{dir}', model: '{parent}', label: '{path} as {name}' };
  expect(nameFiles(values, files)).toEqual([
    { benchmark: 'math', model: 'qwen', label: 'qwen/math/run1 as run1' },
  ]);
  expect(() => nameFiles({ label: '{folder}' }, files)).toThrow(
    '--label has {folder}, which is none of {name}, {dir}, {parent}, {path}.',
  );
});

test('without a label the telling part of the path is it, and stays when a file comes beside it', () => {
  const inFolder = (...names: string[]) =>
    names.map((name) => ({ file: `out/${name}`, root: 'out' }));
  const labels = (files: readonly FoundFile[]) =>
    nameFiles<{ model: string; label?: string }>({ model: 'm' }, files).map(({ label }) => label);
  expect(labels(inFolder('a/r.jsonl'))).toEqual(['a/r']);
  expect(labels(inFolder('a/r.jsonl', 'b/r.jsonl'))).toEqual(['a/r', 'b/r']);
  const single = (...names: string[]) => names.map((file) => ({ file, root: null }));
  expect(labels(single('a/r.jsonl', 'b/r.jsonl'))).toEqual(['a', 'b']);
  expect(labels(single('a/r.jsonl'))).toEqual([undefined]);
  const told = nameFiles<{ model: string; label?: string }>(
    { model: '{dir}' },
    single('a/r', 'b/r'),
  );
  expect(told).toEqual([{ model: 'a' }, { model: 'b' }]);
});

test('a refused file does not keep the others, and is told of in the table', async () => {
  await write('a.jsonl', 'b.jsonl', 'c.jsonl');
  server.statesAfter = [];
  server.failNext(/POST .*submissions$/, 'gone');
  const files = (await findFiles([folder])).map(named);
  const results = await submitEach(connection, files, { progress: silent, wait: true });
  expect(results.map(isRefused)).toEqual([true, false, false]);
  expect([...server.files.values()]).toEqual(['{"output":"b.jsonl"}\n', '{"output":"c.jsonl"}\n']);
  const table = describeResults(connection.server, results);
  expect(table).toMatch(/a\.jsonl +a\.jsonl +refused\n/);
  expect(table).toMatch(/b\.jsonl +b\.jsonl +done +2 +1 /);
  expect(table).toContain('a.jsonl: The server said not_found.\n3 files, 2 taken, 1 refused\n');
});

test('a watched file is sent when it rests, once, and again when it has grown', async () => {
  await write('early.jsonl');
  const growing = path.join(folder, 'growing.jsonl');
  const end = new AbortController();
  const watching = submitWatched(connection, folder, {
    name: named,
    progress: silent,
    times: { settleMs: 150, pollMs: 20, awayMs: 50 },
    signal: end.signal,
  });
  for (let part = 0; part < 8; part += 1) {
    await appendFile(growing, `{"part":${String(part)}}\n`);
    await rest(50);
  }
  const sentOf = (text: string) => [...server.files.values()].filter((sent) => sent.includes(text));
  expect(sentOf('part')).toEqual([]);
  await until(() => sentOf('"part":7').length === 1);
  expect(sentOf('early')).toHaveLength(1);
  await appendFile(growing, '{"part":8}\n');
  await until(() => sentOf('"part":8').length === 1);
  end.abort();
  const results = await watching;
  expect(results.map(({ file }) => path.basename(file))).toEqual([
    'early.jsonl',
    'growing.jsonl',
    'growing.jsonl',
  ]);
  expect(server.files.size).toBe(3);
});

test('a file that the server was away for is sent when it is back; one that vanishes is passed over', async () => {
  await write('a.jsonl', 'b.jsonl');
  const end = new AbortController();
  const notes: string[] = [];
  // Eight tries of a request, twice.
  for (let tries = 0; tries < 16; tries += 1) server.failNext(/POST .*submissions$/, 'busy');
  const watching = submitWatched(connection, folder, {
    name: named,
    progress: {
      ...silent,
      note: (message) => {
        notes.push(message);
        // Found and finished, and gone before it is read.
        if (message.endsWith('b.jsonl')) rmSync(message);
      },
    },
    times: { settleMs: 50, pollMs: 20, awayMs: 20 },
    signal: end.signal,
  });
  await until(() => notes.some((note) => note.includes('b.jsonl is gone')));
  await write('c.jsonl');
  await until(() => server.files.size === 2);
  end.abort();
  const results = await watching;
  expect(results.map(({ file }) => path.basename(file))).toEqual(['a.jsonl', 'c.jsonl']);
  expect(results.some(isRefused)).toBe(false);
  expect(notes.filter((note) => note.startsWith('Trying again in'))).toHaveLength(2);
});

const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !isSo(); tries += 1) await rest(20);
  expect(isSo()).toBe(true);
}
