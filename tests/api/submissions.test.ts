import { gzipSync } from 'node:zlib';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import * as cancel from '#app/api/v1/submissions/[id]/cancel/route.ts';
import * as events from '#app/api/v1/submissions/[id]/events/route.ts';
import * as file from '#app/api/v1/submissions/[id]/files/[name]/route.ts';
import * as finalize from '#app/api/v1/submissions/[id]/finalize/route.ts';
import * as publish from '#app/api/v1/submissions/[id]/publish/route.ts';
import * as report from '#app/api/v1/submissions/[id]/report/route.ts';
import * as retry from '#app/api/v1/submissions/[id]/retry/route.ts';
import * as one from '#app/api/v1/submissions/[id]/route.ts';
import * as withdraw from '#app/api/v1/submissions/[id]/withdraw/route.ts';
import * as oneshot from '#app/api/v1/submissions/oneshot/route.ts';
import * as submissions from '#app/api/v1/submissions/route.ts';
import { listAuditLog } from '#lib/db/audit.ts';
import { addRejectedRows, failSubmission, moveSubmission, setBooks } from '#lib/db/submissions.ts';
import { createToken, revokeToken } from '#lib/db/tokens.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { sweepBlobs } from '#lib/ingest/receive.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, HEADER, jsonOf, newKey, sha256Of } from './requests.ts';

const { db, dataFolder } = await testDatabase();
const { token, id: owner } = await createToken(db, { name: 'owner', scopes: ['submit'] });
const { token: otherToken } = await createToken(db, { name: 'other', scopes: ['submit'] });
const { token: adminToken } = await createToken(db, { name: 'admin', scopes: ['admin'] });

const FILE = '{"item":"1"}\n{"item":"2"}\n';

async function create(header: object = HEADER, as = token): Promise<string> {
  const headers = newKey();
  const response = await call(submissions.POST, {
    method: 'POST',
    token: as,
    headers,
    json: header,
  });
  expect(response.status).toBe(201);
  return String((await jsonOf(response)).id);
}

function put(id: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const params = { id, name: 'results.jsonl' };
  return call(file.PUT, { method: 'PUT', token, params, body, headers });
}

function close(id: string, bytes: string | Uint8Array, rows?: number): Promise<Response> {
  const json = { bytes: Buffer.byteLength(bytes), sha256: sha256Of(bytes), rows };
  return call(finalize.POST, { method: 'POST', token, params: { id }, json });
}

async function submit(header: object, content = FILE): Promise<string> {
  const id = await create(header);
  expect((await put(id, content)).status).toBe(200);
  expect((await close(id, content)).status).toBe(202);
  return id;
}

const act = (handler: typeof cancel.POST, id: string, as = token): Promise<Response> =>
  call(handler, { method: 'POST', token: as, params: { id } });

const read = async (id: string): Promise<Record<string, unknown>> =>
  jsonOf(await call(one.GET, { token, params: { id } }));

const jobsOf = async (id: string): Promise<number> => {
  const { rowCount } = await db.pool.query(
    `select 1 from graphile_worker._private_jobs where payload ->> 'submissionId' = $1`,
    [id],
  );
  return rowCount ?? 0;
};

const countSubmissions = (): Promise<number> => db.prisma.submission.count();

test('a file goes from draft to the queue, and everything can be repeated', async () => {
  const id = await create();
  expect(await read(id)).toMatchObject({ state: 'draft', file: null, runId: null });
  const packed = gzipSync(FILE);
  expect((await put(id, 'first try')).status).toBe(200);
  const digest = Buffer.from(sha256Of(packed), 'hex').toString('base64');
  const sent = await put(id, packed, {
    'content-encoding': 'gzip',
    'content-length': String(packed.length),
    'repr-digest': `sha-256=:${digest}:`,
  });
  expect(await jsonOf(sent)).toEqual({
    name: 'results.jsonl',
    bytes: packed.length,
    sha256: sha256Of(packed),
  });
  expect(await read(id)).toMatchObject({ state: 'uploading', file: { bytes: packed.length } });

  const closed = await close(id, packed, 2);
  expect(closed.status).toBe(202);
  expect(await jsonOf(closed)).toMatchObject({
    state: 'validating',
    header: { expected: { rows: 2 } },
    file: { name: 'results.jsonl', sha256: sha256Of(packed) },
  });
  expect(await jobsOf(id)).toBe(1);
  expect((await close(id, packed, 2)).status).toBe(202);
  expect(await jobsOf(id)).toBe(1);
  expect((await put(id, 'too late')).status).toBe(409);
});

test('twenty posts with one key make one submission', async () => {
  const before = await countSubmissions();
  const headers = newKey();
  const responses = await Promise.all(
    Array.from({ length: 20 }, () =>
      call(submissions.POST, { method: 'POST', token, headers, json: HEADER }),
    ),
  );
  expect(responses.map(({ status }) => status)).toEqual(Array<number>(20).fill(201));
  const ids = new Set(await Promise.all(responses.map(async (r) => (await jsonOf(r)).id)));
  expect(ids.size).toBe(1);
  expect(await countSubmissions()).toBe(before + 1);
  const fresh = responses.filter((r) => r.headers.get('idempotency-replayed') === null);
  expect(fresh).toHaveLength(1);
});

test('a key with another body is refused, and a key of another token is another key', async () => {
  const headers = newKey();
  const post = (json: object, as = token): Promise<Response> =>
    call(submissions.POST, { method: 'POST', token: as, headers, json });
  expect((await post(HEADER)).status).toBe(201);
  expect((await post({ model: 'guess', benchmark: 'sums' })).status).toBe(201);
  const other = await post({ ...HEADER, model: 'greedy' });
  expect(other.status).toBe(422);
  expect(await jsonOf(other)).toMatchObject({ code: 'idempotency_mismatch' });
  expect((await post({ ...HEADER, model: 'greedy' }, otherToken)).status).toBe(201);
  const without = await call(submissions.POST, { method: 'POST', token, json: HEADER });
  expect(without.status).toBe(400);
});

test('fields that are not the submitter’s to set are refused', async () => {
  const json = { ...HEADER, ownerTokenId: owner, trustLevel: 'rerun' };
  const response = await call(submissions.POST, { method: 'POST', token, headers: newKey(), json });
  expect(response.status).toBe(400);
  expect(await jsonOf(response)).toMatchObject({ errors: [{ code: 'unrecognized_keys' }] });
});

test('a mapping is checked with the header, does not go with a format, and counts rows by its layout', async () => {
  const mapping = {
    laconic_mapping: 1,
    label: 'sums',
    format: 'jsonl',
    item: { prompt: '/q' },
    output: '/a',
  };
  const post = (change: object): Promise<Response> =>
    call(submissions.POST, {
      method: 'POST',
      token,
      headers: newKey(),
      json: { ...HEADER, mapping, ...change },
    });
  const both = await post({ format: 'laconic-jsonl' });
  expect(both.status).toBe(400);
  expect(await jsonOf(both)).toMatchObject({ errors: [{ code: 'format_and_mapping' }] });
  const wrong = await post({ mapping: { ...mapping, output: 'no slash' } });
  expect(await jsonOf(wrong)).toMatchObject({
    status: 400,
    errors: [{ pointer: '/mapping/output' }],
  });

  const id = await create({ ...HEADER, mapping });
  const content = '{"q":"1+1?","a":"2"}\n{"q":"1+2?","a":"3"}\n';
  await put(id, content);
  expect((await close(id, content, 3)).status).toBe(422);
  expect((await close(id, content, 2)).status).toBe(202);
});

test('a cut or changed upload is never accepted and leaves no file', async () => {
  const id = await create();
  const cut = await put(id, FILE, { 'content-length': String(FILE.length + 5) });
  expect(cut.status).toBe(422);
  expect(await jsonOf(cut)).toMatchObject({ code: 'length_mismatch' });
  const wrong = Buffer.from(sha256Of('other'), 'hex').toString('base64');
  const changed = await put(id, FILE, { digest: `SHA-256=${wrong}` });
  expect(await jsonOf(changed)).toMatchObject({ code: 'length_mismatch', status: 422 });
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(Buffer.from('half'));
      controller.error(new Error('socket hang up'));
    },
  });
  const hungUp = await put(id, broken);
  expect(hungUp.status).toBe(422);
  expect(await readdir(path.join(dataFolder, 'blobs', 'incoming'))).toEqual([]);

  expect((await close(id, FILE)).status).toBe(422);
  await put(id, FILE);
  const differs = await close(id, `${FILE} `);
  expect(await jsonOf(differs)).toMatchObject({ code: 'length_mismatch' });
  expect(await jobsOf(id)).toBe(0);
});

test('what was expected at the start is checked at the end', async () => {
  const id = await create({ ...HEADER, expected: { rows: 3, sha256: sha256Of('else') } });
  await put(id, FILE);
  expect((await close(id, FILE)).status).toBe(422);
  const rows = await create({ ...HEADER, expected: { rows: 3 } });
  await put(rows, FILE);
  expect((await close(rows, FILE, 2)).status).toBe(422);
  expect((await close(rows, FILE, 3)).status).toBe(202);
});

test('a wrong count of rows is told at once where lines are rows, packed or not', async () => {
  const content = [0, 1, 2]
    .map((k) => JSON.stringify({ laconic: 1, item_key: 'a', sample_index: k, output: 'x' }))
    .join('\n\n');
  for (const sent of [content, gzipSync(content)]) {
    const id = await create({ ...HEADER, model: `counted ${String(sent.length)}` });
    await put(id, sent);
    const refused = await close(id, sent, 4);
    expect(refused.status).toBe(422);
    expect(await jsonOf(refused)).toMatchObject({
      code: 'length_mismatch',
      detail: expect.stringContaining('3 rows') as string,
    });
    expect(await jobsOf(id)).toBe(0);
    expect((await close(id, sent, 3)).status).toBe(202);
  }
  const header = { ...HEADER, model: 'counted in one call', expected: { rows: 4 } };
  const body = `${JSON.stringify({ header })}\n${content}`;
  expect((await call(oneshot.POST, { method: 'POST', token, body })).status).toBe(422);
});

test('ten equal finalizes of one submission in parallel get one answer', async () => {
  for (let round = 0; round < 5; round += 1) {
    const id = await create({ ...HEADER, model: `ten ${String(round)}` });
    await put(id, FILE);
    const responses = await Promise.all(Array.from({ length: 10 }, () => close(id, FILE)));
    expect(responses.map(({ status }) => status)).toEqual(Array(10).fill(202));
    expect(await jobsOf(id)).toBe(1);
  }
});

test('a verifier, tokenizer or format that is not here is refused before the file is sent', async () => {
  for (const field of ['verifier', 'tokenizer', 'format']) {
    const json = { ...HEADER, [field]: 'nonesuch' };
    const response = await call(submissions.POST, {
      method: 'POST',
      token,
      headers: newKey(),
      json,
    });
    expect(response.status).toBe(400);
    expect(await jsonOf(response)).toMatchObject({
      code: 'invalid_input',
      detail: expect.stringContaining('Known: ') as string,
      errors: [{ pointer: `/${field}` }],
    });
    const body = `${JSON.stringify({ header: json })}\n${FILE}`;
    expect((await call(oneshot.POST, { method: 'POST', token, body })).status).toBe(400);
  }
});

test('other kinds of file and of packing are refused with a guess', async () => {
  const id = await create();
  const zip = await put(id, Buffer.from('377abcafaaaa', 'hex'));
  expect(zip.status).toBe(415);
  expect(String((await jsonOf(zip)).detail)).toContain('7z archive');
  expect((await put(id, FILE, { 'content-encoding': 'br' })).status).toBe(415);
  expect((await put(id, FILE, { 'content-length': String(2 ** 50) })).status).toBe(413);
  const params = { id, name: '../etc' };
  expect((await call(file.PUT, { method: 'PUT', token, params, body: FILE })).status).toBe(404);
});

test('the same file with the same header is the earlier submission', async () => {
  const header = { ...HEADER, model: 'same', params: { b: 1, a: 2 } };
  const first = await submit(header);
  const second = await create({ ...header, params: { a: 2, b: 1 }, expected: { rows: 2 } });
  await put(second, FILE);
  for (let tries = 0; tries < 2; tries += 1) {
    const response = await close(second, FILE);
    expect(response.status).toBe(200);
    expect(await jsonOf(response)).toMatchObject({ id: first });
  }
  expect(await read(second)).toMatchObject({ state: 'cancelled', failure: { code: 'duplicate' } });
  expect(await jobsOf(second)).toBe(0);
  expect(await submit({ ...header, model: 'else' })).not.toBe(first);

  await failSubmission(db, first, { stage: 'x', code: 'x', message: 'x', retryable: false });
  expect(await submit(header)).not.toBe(first);
});

test('twenty finalizes of one file in parallel make one job', async () => {
  const header = { ...HEADER, model: 'parallel' };
  const ids = await Promise.all(Array.from({ length: 20 }, () => create(header)));
  await Promise.all(ids.map((id) => put(id, FILE)));
  const responses = await Promise.all(ids.map((id) => close(id, FILE)));
  expect(responses.filter(({ status }) => status === 202)).toHaveLength(1);
  expect(responses.filter(({ status }) => status === 200)).toHaveLength(19);
  const jobs = await Promise.all(ids.map(jobsOf));
  expect(jobs.reduce((sum, count) => sum + count)).toBe(1);
});

test('one call submits NDJSON, packed or not, and multipart', async () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
    call(oneshot.POST, { method: 'POST', token, body, headers });
  const lines = `${JSON.stringify({ header: { ...HEADER, model: 'one' } })}\n${FILE}`;
  const plain = await post(lines, { 'content-length': String(Buffer.byteLength(lines)) });
  expect(plain.status).toBe(202);
  const submission = await jsonOf(plain);
  expect(submission).toMatchObject({ state: 'validating', file: { sha256: sha256Of(FILE) } });
  expect(await jobsOf(String(submission.id))).toBe(1);

  const again = await post(gzipSync(lines), { 'content-encoding': 'gzip' });
  expect(again.status).toBe(200);
  expect(await jsonOf(again)).toMatchObject({ id: submission.id });

  const form = new FormData();
  form.append('header', JSON.stringify({ ...HEADER, model: 'form' }));
  form.append('file', new File([FILE], 'mine.jsonl'));
  const sent = await post(form);
  expect(sent.status).toBe(202);
  expect(await jsonOf(sent)).toMatchObject({
    file: { name: 'mine.jsonl', sha256: sha256Of(FILE) },
  });
});

test('after a failed one-call submission there is nothing', async () => {
  const before = await countSubmissions();
  const header = { ...HEADER, model: 'nothing' };
  const first = JSON.stringify({ header });
  const unique = `${FILE}{"item":"unique"}\n`;
  const form = new FormData();
  form.append('file', new File([unique], 'a.jsonl'));
  form.append('header', JSON.stringify(header));
  const cases: [BodyInit, Record<string, string>, number][] = [
    ['', {}, 400],
    [first, {}, 400],
    [`{"header": {"model": 3}}\n${unique}`, {}, 400],
    [`${'['.repeat(100)}\n${unique}`, {}, 400],
    [`${first}\n${unique}`, { 'content-length': '9999' }, 422],
    [gzipSync(`${first}\n${unique}`).subarray(0, -12), {}, 422],
    [`${JSON.stringify({ header: { ...header, expected: { bytes: 1 } } })}\n${unique}`, {}, 422],
    [form, {}, 400],
    ['--x\r\nbroken', { 'content-type': 'multipart/form-data; boundary=x' }, 400],
  ];
  for (const [body, headers, status] of cases) {
    const response = await call(oneshot.POST, { method: 'POST', token, body, headers });
    expect(response.status, await response.text()).toBe(status);
  }
  expect(await countSubmissions()).toBe(before);
  expect(await db.prisma.rawFile.count({ where: { sha256: sha256Of(unique) } })).toBe(0);
  expect(await readdir(path.join(dataFolder, 'blobs', 'incoming'))).toEqual([]);
});

test('the report lists every row that is not stored, by page and as CSV', async () => {
  const id = await submit({ ...HEADER, model: 'report' });
  const at = { line: 1, byteOffset: 0, pointer: '/a', code: 'bad', hint: null };
  await addRejectedRows(
    db.pool,
    id,
    [1, 1, 2, 3].map((row, index) => ({ ...at, row, message: `=danger("${index}")` })),
  );
  await db.pool.query(
    `insert into dead_row (submission_id, row, stage, reason, tries)
     values ($1, 4, 'score', 'crashed', 3), ($1, 5, 'score', 'crashed', 3)`,
    [id],
  );
  await setBooks(db.pool, id, {
    received: 6,
    stored: 1,
    rejected: 3,
    dead: 2,
    attempts: 1,
    warnings: {},
  });

  const rows: string[] = [];
  let cursor: string | null = '';
  for (let pages = 0; cursor !== null && pages < 9; pages += 1) {
    const query: string = cursor === '' ? '?limit=2' : `?limit=2&cursor=${cursor}`;
    const response = await call(report.GET, { token, params: { id }, path: `/x${query}` });
    const page = (await response.json()) as {
      rejected: { message: string }[];
      dead: { row: number }[];
      nextCursor: string | null;
    };
    rows.push(
      ...page.rejected.map(({ message }) => message),
      ...page.dead.map(({ row }) => `dead ${row}`),
    );
    cursor = page.nextCursor;
  }
  expect(rows).toEqual([0, 1, 2, 3].map((i) => `=danger("${i}")`).concat('dead 4', 'dead 5'));

  const csv = await call(report.GET, { token, params: { id }, path: '/x?format=csv' });
  const text = await csv.text();
  expect(text.split('\r\n')).toHaveLength(8);
  expect(text).toContain(`"'=danger(""0"")"`);
  const bad = await call(report.GET, { token, params: { id }, path: '/x?cursor=drop' });
  expect(bad.status).toBe(400);
});

test('only what failed for a passing reason can be tried again', async () => {
  const id = await submit({ ...HEADER, model: 'retry' });
  expect((await act(retry.POST, id)).status).toBe(409);
  const failure = { stage: 'scoring', code: 'worker_lost', message: 'lost', retryable: true };
  await failSubmission(db, id, failure);
  await db.pool.query('delete from graphile_worker._private_jobs');
  const tried = await act(retry.POST, id);
  expect(tried.status).toBe(200);
  expect(await jsonOf(tried)).toMatchObject({
    state: 'validating',
    failure: null,
    finishedAt: null,
  });
  expect(await jobsOf(id)).toBe(1);
  await failSubmission(db, id, { ...failure, retryable: false });
  expect((await act(retry.POST, id)).status).toBe(409);
});

test('cancel, withdraw, publish and delete are done once and are in the audit log', async () => {
  const id = await submit({ ...HEADER, model: 'acts' });
  expect((await act(withdraw.POST, id)).status).toBe(409);
  for (const [from, to] of [
    ['validating', 'scoring'],
    ['scoring', 'aggregating'],
    ['aggregating', 'done'],
  ] as const) {
    await moveSubmission(db.pool, id, { from: [from], to });
  }
  expect((await act(cancel.POST, id)).status).toBe(409);
  expect(await jsonOf(await act(publish.POST, id))).toMatchObject({
    state: 'done',
    header: { visibility: 'public' },
  });
  expect(await jsonOf(await act(withdraw.POST, id))).toMatchObject({ state: 'withdrawn' });
  const open = await create();
  expect(await jsonOf(await act(cancel.POST, open))).toMatchObject({ state: 'cancelled' });

  const remove = (as: string): Promise<Response> =>
    call(one.DELETE, { method: 'DELETE', token: as, params: { id: open } });
  expect((await remove(token)).status).toBe(403);
  expect((await remove(adminToken)).status).toBe(200);
  expect((await remove(adminToken)).status).toBe(404);
  const actions = (await listAuditLog(db)).map(({ action }) => action);
  for (const action of ['publish', 'withdraw', 'cancel', 'delete']) {
    expect(actions.filter((name) => name === `submission.${action}`)).toHaveLength(1);
  }
});

test('deleting keeps a raw file that another submission has', async () => {
  const content = `${FILE}{"item":"shared"}\n`;
  const [first, second] = [
    await submit({ ...HEADER, model: 'a' }, content),
    await submit({ ...HEADER, model: 'b' }, content),
  ];
  const remove = (id: string): Promise<Response> =>
    call(one.DELETE, { method: 'DELETE', token: adminToken, params: { id } });
  const sha256 = sha256Of(content);
  const stored = path.join(dataFolder, 'blobs', sha256.slice(0, 2));
  await remove(first);
  expect(await readdir(stored)).toContain(sha256);
  await remove(second);
  expect(await readdir(stored)).not.toContain(sha256);
});

test('own submissions are listed by page, the newest first', async () => {
  const { token: mine } = await createToken(db, { name: 'lister', scopes: ['submit'] });
  const ids: string[] = [];
  for (let i = 0; i < 5; i += 1) ids.push(await create(HEADER, mine));
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '?limit=2' : `?limit=2&cursor=${cursor}`;
    const response = await call(submissions.GET, { token: mine, path: `/x${query}` });
    const page = (await response.json()) as {
      submissions: { id: string }[];
      nextCursor: string | null;
    };
    seen.push(...page.submissions.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toEqual(ids.reverse());
});

test('followers get every change until the end, and only what is new after a break', async () => {
  const id = await submit({ ...HEADER, model: 'events' });
  const stream = await call(events.GET, { token, params: { id } });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  expect(stream.headers.get('cache-control')).toContain('no-transform');
  const text = stream.text();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await moveSubmission(db.pool, id, { from: ['validating'], to: 'scoring' });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await failSubmission(db, id, { stage: 's', code: 'c', message: 'm', retryable: false });
  const all = await text;
  expect([...all.matchAll(/"state":"(\w+)","sequence"/g)].map(([, state]) => state)).toEqual([
    'validating',
    'scoring',
    'failed',
  ]);
  const last = /^id: (\d+)$/m.exec(all.slice(all.lastIndexOf('id: ')))?.[1] ?? '';
  const resumed = await call(events.GET, {
    token,
    params: { id },
    headers: { 'last-event-id': last },
  });
  const rest = await resumed.text();
  expect(rest).not.toContain('event: submission');
  expect(rest).toContain('event: end');
});

test('a follower whose token is revoked hears no more', async () => {
  const id = await submit({ ...HEADER, model: 'revoked' });
  const reader = await createToken(db, { name: 'reader', scopes: ['read:private'] });
  const written = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const stream = await call(events.GET, { token: reader.token, params: { id } });
  const text = stream.text();
  await revokeToken(db, reader.id);
  await moveSubmission(db.pool, id, { from: ['validating'], to: 'scoring' });
  expect(await text).not.toContain('"state":"scoring"');
  written.mockRestore();
});

test('the sweep deletes old raw files that nothing points at, and only those', async () => {
  const blobs = blobStore();
  const [orphan] = await Promise.all([
    blobs.put(bytesOf('nobody has this')),
    submit({ ...HEADER, model: 'kept' }, 'kept by a submission'),
  ]);
  const open = await create();
  await put(open, 'kept by an open upload');
  expect(await sweepBlobs(db, blobs, new Date())).toBe(0);
  const later = new Date(Date.now() + 2 * 3_600_000);
  expect(await sweepBlobs(db, blobs, later)).toBeGreaterThanOrEqual(1);
  expect(await blobs.has(orphan.sha256)).toBe(false);
  expect(await blobs.has(sha256Of('kept by a submission'))).toBe(true);
  expect(await blobs.has(sha256Of('kept by an open upload'))).toBe(true);
});

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Promise.resolve(Buffer.from(text));
}
