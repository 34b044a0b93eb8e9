import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '#lib/errors.ts';
import { SubmissionHeader } from '#lib/schemas/submission.ts';
import type { Progress } from '#scripts/client/progress.ts';
import { readResultFile } from '#scripts/client/result-file.ts';
import { describeFindings, describeSubmission } from '#scripts/client/submission-text.ts';
import { followSubmission, getFirstFindings, submitFile } from '#scripts/client/submissions.ts';
import { BoardServer } from './board-server.ts';

const CONTENT = '{"prompt":"2+2","gold":"4","output":"4"}\n'.repeat(50_000);
const header = SubmissionHeader.parse({ benchmark: 'sums', model: 'm' });

let server: BoardServer;
let connection: { server: string; token: string };
let folder: string;
let file: string;
const notes: string[] = [];
const silent: Progress = {
  sending: () => undefined,
  following: () => undefined,
  note: (message) => notes.push(message),
  end: () => undefined,
};

beforeEach(async () => {
  server = new BoardServer();
  connection = { server: await server.listen(), token: 'lac_test' };
  folder = await mkdtemp(path.join(tmpdir(), 'laconic-cli-'));
  file = path.join(folder, 'results.jsonl');
  await writeFile(file, CONTENT);
  notes.length = 0;
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function submit(from = file) {
  return submitFile(connection, { header, file: await readResultFile(from) }, silent);
}

test('a file arrives whole, packed on its way, and is followed to its end', async () => {
  const taken = await submit();
  expect(taken.state).toBe('validating');
  expect(server.files.get(taken.id)).toBe(CONTENT);
  const done = await followSubmission(connection, taken, silent);
  expect(done.state).toBe('done');
  expect(describeSubmission(connection.server, done)).toContain(
    '3 received = 2 stored + 1 rejected + 0 dead',
  );
  const findings = describeFindings(await getFirstFindings(connection, done.id, 10));
  expect(findings).toBe('  line 2: There is no gold. Add it.\n');
});

test('a file that is packed already is sent as it is', async () => {
  const packed = path.join(folder, 'results.jsonl.gz');
  await writeFile(packed, gzipSync(CONTENT));
  const taken = await submit(packed);
  expect(server.files.get(taken.id)).toBe(CONTENT);
});

test.each([
  ['before the draft is made', /POST .*submissions$/, 'cut'],
  ['after the draft is made', /POST .*submissions$/, 'cut-after'],
  ['while the file is sent', /PUT/, 'cut'],
  ['after the file has arrived', /PUT/, 'cut-after'],
  ['after it was finalized', /finalize/, 'cut-after'],
  ['by a server that is busy', /PUT/, 'busy'],
  ['by a limit that names its time', /POST .*submissions$/, 'limited'],
] as const)('a call that is refused or cut %s is made again, once', async (_when, call, mishap) => {
  server.failNext(call, mishap);
  const taken = await submit();
  expect(server.files.get(taken.id)).toBe(CONTENT);
  expect(server.files.size).toBe(1);
  expect(server.calls.filter((made) => call.test(made))).toHaveLength(2);
  expect(notes.join()).toMatch(/Trying again in \d/);
});

test('the same command again finds what it made, and sends nothing', async () => {
  const first = await submit();
  await followSubmission(connection, first, silent);
  const before = server.calls.length;
  const again = await submit();
  expect(again.id).toBe(first.id);
  expect(server.calls.slice(before)).toEqual(['POST /api/v1/submissions']);
});

test('what failed is begun anew under another key', async () => {
  server.statesAfter = ['failed'];
  const first = await submit();
  server.statesAfter = ['validating', 'done'];
  const second = await submit();
  expect(second.id).not.toBe(first.id);
});

test('another header is another submission', async () => {
  const first = await submit();
  const other = { ...header, model: 'other' };
  const second = await submitFile(
    connection,
    { header: other, file: await readResultFile(file) },
    silent,
  );
  expect(second.id).not.toBe(first.id);
});

test('a refusal is an error in the words of the server, and is not repeated', async () => {
  server.failNext(/PUT/, 'gone');
  const refused = submit();
  await expect(refused).rejects.toThrow('The server said not_found.');
  await expect(refused).rejects.toBeInstanceOf(AppError);
  expect(server.calls.filter((call) => call.startsWith('PUT'))).toHaveLength(1);
});

test('a file that is not there is said before anything is sent', async () => {
  await expect(submit(path.join(folder, 'nothing'))).rejects.toThrow('can not be read');
  await expect(submit(folder)).rejects.toThrow('is not a file');
  expect(server.calls).toEqual([]);
});
