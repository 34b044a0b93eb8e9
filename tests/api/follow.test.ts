import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as finalize from '#app/api/v1/submissions/[id]/finalize/route.ts';
import * as report from '#app/api/v1/submissions/[id]/report/route.ts';
import * as one from '#app/api/v1/submissions/[id]/route.ts';
import * as samples from '#app/api/v1/submissions/[id]/samples/route.ts';
import * as submissions from '#app/api/v1/submissions/route.ts';
import { createToken } from '#lib/db/tokens.ts';
import { ROOT } from '#lib/env.ts';
import type { RouteHandler } from '#lib/http/route.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { testDatabase } from '#tests/setup/database.ts';
import {
  additionRow,
  startTestWorker,
  submitText,
  toJsonl,
  untilEnded,
} from '#tests/setup/pipeline.ts';

const ITEMS = 80;
const { db, dataFolder } = await testDatabase();
const { token, id: tokenId } = await createToken(db, {
  name: 'owner',
  scopes: ['submit', 'admin'],
});
const worker = await startTestWorker(db, blobStore());
const row = (index: number): string => toJsonl([additionRow(index)]);
const commands = new Set<ChildProcess>();

/** The real handlers behind a real socket, which may be away. */
const handlers: [RegExp, Record<string, unknown>][] = [
  [/^\/api\/v1\/submissions$/, submissions],
  [/^\/api\/v1\/submissions\/([^/]+)$/, one],
  [/^\/api\/v1\/submissions\/([^/]+)\/samples$/, samples],
  [/^\/api\/v1\/submissions\/([^/]+)\/finalize$/, finalize],
  [/^\/api\/v1\/submissions\/([^/]+)\/report$/, report],
];
let isAway = false;
/** The next append is stored and its answer is lost. */
let losesAnswer = false;
const server = createServer((request, response) => {
  void (async () => {
    const url = new URL(request.url ?? '', 'http://laconic.test');
    const found = handlers.find(([pattern]) => pattern.test(url.pathname));
    if (isAway || found === undefined) return void request.socket.destroy();
    const id = found[0].exec(url.pathname)?.[1] ?? '';
    const isGet = request.method === 'GET';
    const body = isGet ? {} : { body: Readable.toWeb(request), duplex: 'half' };
    const headers = new Headers(request.headers as Record<string, string>);
    const handler = found[1][request.method ?? ''] as RouteHandler;
    const answer = await handler(
      new Request(url, { method: request.method ?? '', headers, ...body } as RequestInit),
      { params: Promise.resolve({ id }) },
    );
    const text = await answer.text();
    const isLost = losesAnswer && url.pathname.endsWith('/samples') && !isGet;
    if (isLost) losesAnswer = false;
    if (isLost) return void request.socket.destroy();
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
  })();
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const text = Array.from({ length: ITEMS }, (_, index) => row(index)).join('');
  const header = { benchmark: 'followed', model: 'first' };
  await untilEnded(db, await submitText(db, blobStore(), { text, header, tokenId }));
});

afterAll(async () => {
  for (const command of commands) command.kill('SIGKILL');
  server.closeAllConnections();
  server.close();
  await worker.stop();
});

let file: string;
let model: string;
beforeEach(() => {
  model = crypto.randomUUID();
  file = path.join(dataFolder, `${model}.jsonl`);
});

interface Command {
  child: ChildProcess;
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function follow(...flags: string[]): Command {
  const script = path.join(ROOT, 'scripts', 'laconic.ts');
  const { port } = server.address() as AddressInfo;
  const named = [
    '--benchmark',
    'followed',
    '--model',
    model,
    '--server',
    `http://127.0.0.1:${String(port)}`,
  ];
  const child = spawn(
    process.execPath,
    [script, 'submit', file, '--follow', '--every', '0.1', '--json', ...named, ...flags],
    { cwd: ROOT, env: { ...process.env, LACONIC_TOKEN: token }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  commands.add(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { child, ended };
}

interface Seen {
  state: string;
  received_rows: number;
  stored_rows: number;
  rejected_rows: number;
  attempts: number;
}

async function seen(): Promise<Seen[]> {
  const { rows } = await db.pool.query<Seen>(
    `select state, received_rows, stored_rows, rejected_rows, attempts from submission
     where header ->> 'model' = $1 order by created_at`,
    [model],
  );
  return rows;
}

async function untilStored(count: number): Promise<void> {
  const stored = async () => (await seen()).at(-1)?.stored_rows;
  await expect.poll(stored, { timeout: 30_000, interval: 50 }).toBe(count);
}

test('a growing file is on the server while it grows, through kills, a server away and a lost answer', async () => {
  const first = follow();
  await appendFile(file, row(0) + row(1) + row(2).slice(0, 20));
  await untilStored(2);
  await appendFile(file, row(2).slice(20) + row(3));
  await untilStored(4);
  expect(await seen()).toMatchObject([{ state: 'live' }]);

  first.child.kill('SIGKILL');
  await first.ended;
  await appendFile(file, row(4) + row(5));
  losesAnswer = true;
  const second = follow('--idle', '4');
  await untilStored(6);
  isAway = true;
  await appendFile(file, row(6));
  await new Promise((resolve) => setTimeout(resolve, 700));
  isAway = false;
  await untilStored(7);
  for (let index = 7; index < ITEMS; index += 1) await appendFile(file, row(index));
  const { code, stdout, stderr } = await second.ended;
  expect(stderr).toContain('going on');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    state: 'done',
    rows: { received: ITEMS, stored: ITEMS, rejected: 0 },
  });
  expect(await seen()).toMatchObject([{ attempts: ITEMS }]);

  // Once more: there is nothing left to do. With more rows behind the end it is another file.
  expect((await follow('--idle', '0.1').ended).code).toBe(0);
  await appendFile(file, row(0));
  const grown = await follow('--idle', '0.1').ended;
  expect(grown.code).toBe(1);
  expect(grown.stderr).toContain('is another file now');
  expect(await seen()).toHaveLength(1);
}, 120_000);

test('Ctrl-C sends what is written, a last line without its newline included, and closes', async () => {
  await writeFile(file, row(0));
  const { child, ended } = follow();
  await untilStored(1);
  await appendFile(file, row(1) + row(2).trimEnd());
  await untilStored(2);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ state: 'done', rows: { received: 3, stored: 3 } });
}, 60_000);

test('a file that says that all is written closes the run; a cut last line is left out', async () => {
  const marker = `${file}.done`;
  await writeFile(file, row(0) + row(1));
  const { ended } = follow('--until', marker);
  await untilStored(2);
  await appendFile(file, row(2).slice(0, 30));
  await writeFile(marker, '');
  const { code, stderr } = await ended;
  expect(code).toBe(0);
  expect(stderr).toContain('not written to its end');
  expect(await seen()).toMatchObject([{ state: 'done', received_rows: 2 }]);
  await rm(marker);
}, 60_000);

test('a bad row stops a strict command and leaves the run open; mended, it goes on', async () => {
  const bad = toJsonl([{ ...additionRow(2), item_key: 'nobody' }]);
  await writeFile(file, row(0) + row(1));
  const { ended } = follow();
  await untilStored(2);
  await appendFile(file, bad);
  const { code, stderr } = await ended;
  expect(code).toBe(1);
  expect(stderr).toContain('line 3');
  expect(stderr).toContain('nobody');
  expect(await seen()).toMatchObject([{ state: 'live', received_rows: 2, rejected_rows: 0 }]);
  await writeFile(file, row(0) + row(1) + row(2));
  expect((await follow('--idle', '0.2').ended).code).toBe(0);
  expect(await seen()).toMatchObject([{ state: 'done', received_rows: 3, stored_rows: 3 }]);
}, 60_000);

test('a lenient command lists bad rows, and a file that was begun anew is told from one that grows', async () => {
  await writeFile(file, `${row(0)}{"bad"\n${row(1)}`);
  const { child, ended } = follow('--lenient');
  await untilStored(2);
  expect(await seen()).toMatchObject([{ state: 'live', received_rows: 3, rejected_rows: 1 }]);
  await writeFile(file, row(0));
  const { code, stderr } = await ended;
  expect([code, child.signalCode]).toEqual([1, null]);
  expect(stderr).toContain('begun anew');
  await writeFile(file, `${row(0)}{"bad"\n${row(1)}`);
  const again = await follow('--lenient', '--idle', '0.2').ended;
  expect(again.code).toBe(0);
  expect(again.stderr).toContain('1 of 3 rows are not stored');
}, 60_000);
