import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as cancel from '#app/api/v1/submissions/[id]/cancel/route.ts';
import * as finalize from '#app/api/v1/submissions/[id]/finalize/route.ts';
import * as one from '#app/api/v1/submissions/[id]/route.ts';
import * as samples from '#app/api/v1/submissions/[id]/samples/route.ts';
import * as submissions from '#app/api/v1/submissions/route.ts';
import * as boardFront from '#app/api/v1/front/route.ts';
import * as boardMetric from '#app/api/v1/leaderboard/metric/route.ts';
import * as leaderboard from '#app/api/v1/leaderboard/route.ts';
import { sweepSubmissions } from '#lib/db/submissions.ts';
import { createToken } from '#lib/db/tokens.ts';
import { blobStore } from '#lib/ingest/blob-store.ts';
import { importers } from '#lib/importers/index.ts';
import { ItemCatalogue } from '#lib/ingest/item-catalogue.ts';
import { keepReading, LiveReading } from '#lib/ingest/live-reading.ts';
import { RowPlacer } from '#lib/ingest/row-placer.ts';
import { createRng } from '#lib/rng.ts';
import { testDatabase } from '#tests/setup/database.ts';
import {
  additionRow,
  booksOf,
  startTestWorker,
  submitText,
  toJsonl,
  untilEnded,
} from '#tests/setup/pipeline.ts';
import { call, jsonOf, newKey, sha256Of } from './requests.ts';

const ITEMS = 60;

const { db, dataFolder } = await testDatabase();
const { token, id: tokenId } = await createToken(db, {
  name: 'owner',
  scopes: ['submit', 'admin'],
});
const worker = await startTestWorker(db, blobStore());
afterAll(() => worker.stop());

const lines = (from: number, to: number, sample = 0): string[] =>
  Array.from({ length: to - from }, (_, index) => toJsonl([additionRow(from + index, sample)]));
const ALL = lines(0, ITEMS);

beforeAll(async () => {
  const header = { benchmark: 'live-sums', model: 'first' };
  const id = await submitText(db, blobStore(), { text: ALL.join(''), header, tokenId });
  expect(await untilEnded(db, id)).toMatchObject({ state: 'done' });
});

async function draft(change: object = {}): Promise<string> {
  const json = { benchmark: 'live-sums', model: crypto.randomUUID(), ...change };
  const made = await call(submissions.POST, { method: 'POST', token, headers: newKey(), json });
  return String((await jsonOf(made)).id);
}

function append(id: string, offset: number, body: string): Promise<Response> {
  const headers = { 'upload-offset': String(offset) };
  return call(samples.POST, { method: 'POST', token, params: { id }, headers, body });
}

function close(id: string, text: string, change: object = {}): Promise<Response> {
  const json = { bytes: Buffer.byteLength(text), sha256: sha256Of(text), ...change };
  return call(finalize.POST, { method: 'POST', token, params: { id }, json });
}

const read = async (id: string): Promise<Record<string, unknown>> =>
  jsonOf(await call(one.GET, { token, params: { id } }));

async function countOf(table: string, runId: unknown): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `select count(*)::int as count from ${table} where run_id = $1`,
    [runId],
  );
  return rows[0]?.count ?? -1;
}

/** Everything that depends on the rows, to be compared between two runs. */
async function figuresOf(runId: unknown): Promise<unknown> {
  const { rows } = await db.pool.query(
    `select s.tokenizer, s.verifier, s.figures, s.histograms, r.attempts, r.samples_per_item, r.token_source,
            (select json_agg(json_build_array(a.item_key, a.sample_index, a.position, a.source_row, c.outcome)
                             order by a.position)
             from attempt a join score c using (run_id, item_key, sample_index) where a.run_id = r.id) as verdicts
     from run r join run_summary s on s.run_id = r.id where r.id = $1 order by s.tokenizer`,
    [runId],
  );
  return rows;
}

test('rows are on the board before the run ends, and the closed run is the one of the whole file', async () => {
  const id = await draft({ label: 'grows' });
  const first = ALL.slice(0, 20).join('');
  const taken = await append(id, 0, first);
  expect(taken.status).toBe(200);
  expect(taken.headers.get('upload-offset')).toBe(String(first.length));
  expect(await jsonOf(taken)).toMatchObject({
    state: 'live',
    rows: { received: 20, stored: 20, rejected: 0 },
    attempts: { stored: 20, expected: ITEMS },
    rejected: [],
  });
  await expect
    .poll(async () => (await read(id)).attempts, { timeout: 20_000 })
    .toMatchObject({ scored: 20 });
  const seen = await read(id);
  expect(seen).toMatchObject({ state: 'live', file: { bytes: first.length, sha256: null } });

  const board = await jsonOf(
    await call(leaderboard.GET, { token, path: '/api/v1/leaderboard?benchmark=live-sums' }),
  );
  const row = (board.rows as { label: string }[]).find(({ label }) => label === 'grows');
  expect(row).toMatchObject({ state: 'live', rank: null, isOnFront: null, progress: 20 / ITEMS });

  const further = await jsonOf(
    await call(boardMetric.GET, {
      token,
      path: '/api/v1/leaderboard/metric?benchmark=live-sums&metric=ock-score',
    }),
  );
  expect(further).toMatchObject({ pool: 1 });
  const values = further.values as { runId: unknown }[];
  expect(values.find(({ runId }) => runId === seen.runId)).toMatchObject({
    value: null,
    reason: 'In progress: computed when it is closed.',
  });

  const front = await jsonOf(
    await call(boardFront.GET, {
      token,
      path: '/api/v1/front?benchmark=live-sums&include=foreign',
    }),
  );
  const placed = (front.runs as { runId: unknown }[]).find(({ runId }) => runId === seen.runId);
  expect(placed).toMatchObject({ isIncluded: false, isOnFront: null });

  const rest = ALL.slice(20).join('');
  expect((await append(id, first.length, rest)).status).toBe(200);
  expect((await close(id, ALL.join(''), { rows: ITEMS })).status).toBe(202);
  // Its answer was lost.
  expect((await close(id, ALL.join(''))).status).toBe(202);
  expect(await untilEnded(db, id)).toMatchObject({
    state: 'done',
    received_rows: ITEMS,
    attempts: ITEMS,
  });

  const whole = await submitText(db, blobStore(), {
    text: ALL.join(''),
    header: { benchmark: 'live-sums', model: 'whole' },
    tokenId,
  });
  const books = await untilEnded(db, whole);
  const grown = await read(id);
  expect(await figuresOf(grown.runId)).toEqual(await figuresOf(books.run_id));
  const sha256 = sha256Of(ALL.join(''));
  expect(await readFile(path.join(dataFolder, 'blobs', sha256.slice(0, 2), sha256), 'utf8')).toBe(
    ALL.join(''),
  );
});

test('the same rows twice, overlapping ones and a server that was killed in between change nothing', async () => {
  const id = await draft();
  const text = ALL.join('');
  const rng = createRng('live rows');
  let taken = 0;
  while (taken < ITEMS) {
    // A client that does not know what came through begins anywhere before.
    const from = rng.between(0, taken);
    const to = Math.min(ITEMS, taken + rng.between(1, 9));
    const offset = Buffer.byteLength(ALL.slice(0, from).join(''));
    const part = ALL.slice(from, to).join('');
    expect((await append(id, offset, part)).status).toBe(200);
    expect((await append(id, offset, part)).status).toBe(200);
    taken = to;
    // Another process knows nothing of what this one has read.
    if (rng.below(2) === 0) forget(id);
  }
  expect(await booksOf(db, id)).toMatchObject({
    received_rows: ITEMS,
    stored_rows: ITEMS,
    attempts: ITEMS,
  });
  expect((await close(id, text)).status).toBe(202);
  const { run_id } = await untilEnded(db, id);
  expect(await countOf('attempt', run_id)).toBe(ITEMS);
  expect(await countOf('score', run_id)).toBe(ITEMS);
});

/** What is kept is of another place in the file then. */
function forget(id: string): void {
  const importer = importers.get('laconic-jsonl');
  const placer = new RowPlacer(importer, new ItemCatalogue([], { mayGrow: false }), 'strict');
  keepReading(id, new LiveReading({ importer, evidence: '' }, placer));
}

test('equal appends at once are taken once', async () => {
  const id = await draft();
  const part = ALL.slice(0, 30).join('');
  const answers = await Promise.all(Array.from({ length: 6 }, () => append(id, 0, part)));
  expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
  expect(await booksOf(db, id)).toMatchObject({ received_rows: 30, stored_rows: 30 });
});

test('rows that do not follow on, or differ from what came, are told where the file ends', async () => {
  const id = await draft();
  const part = ALL.slice(0, 3).join('');
  await append(id, 0, part);
  for (const [offset, text] of [
    [part.length + 1, part],
    [0, part.replace('add-0', 'add-9')],
  ] as const) {
    const refused = await append(id, offset, text);
    expect(refused.status).toBe(409);
    expect(refused.headers.get('upload-offset')).toBe(String(part.length));
  }
  const cut = await append(id, part.length, `${ALL[3] ?? ''}{"item_key":`);
  expect(cut.status).toBe(400);
  expect((await jsonOf(cut)).detail).toContain('Only whole lines');
  expect(await booksOf(db, id)).toMatchObject({ received_rows: 3 });
  const { offset } = await jsonOf(await call(samples.GET, { token, params: { id } }));
  expect(offset).toBe(part.length);
});

test('a transaction that fails leaves the file, the books and the reading as they were', async () => {
  const id = await draft();
  const part = ALL.slice(0, 5).join('');
  await append(id, 0, part);
  await db.pool.query(
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$;
     create constraint trigger refuse after insert on attempt_text deferrable initially deferred
     for each row execute function refuse()`,
  );
  try {
    // As killed at the commit: what was written of the file lies behind its end.
    expect((await append(id, part.length, ALL.slice(5, 9).join(''))).status).toBe(500);
  } finally {
    await db.pool.query('drop trigger refuse on attempt_text; drop function refuse');
  }
  expect(await booksOf(db, id)).toMatchObject({ received_rows: 5, stored_rows: 5, attempts: 5 });
  const other = lines(30, 31).join('');
  expect((await append(id, part.length, other)).status).toBe(200);
  expect((await close(id, part + other)).status).toBe(202);
  expect(await untilEnded(db, id)).toMatchObject({ state: 'done', received_rows: 6, attempts: 6 });
});

/** Breaks off where its newline stands. */
const BAD = '{"item_key":"add-3","sample_index":\n';
const IN_BAD = BAD.length - 1;
const UNKNOWN = toJsonl([{ ...additionRow(0), item_key: 'nobody' }]);

test('under the strict policy a bad row refuses its request alone', async () => {
  const id = await draft();
  const part = ALL.slice(0, 2).join('');
  await append(id, 0, part);
  const refused = await append(id, part.length, `${ALL[2] ?? ''}${BAD}`);
  expect(refused.status).toBe(422);
  expect(await jsonOf(refused)).toMatchObject({
    errors: [{ line: 4, byteOffset: part.length + (ALL[2] ?? '').length + IN_BAD }],
  });
  expect(await booksOf(db, id)).toMatchObject({
    state: 'live',
    received_rows: 2,
    rejected_rows: 0,
  });
  expect((await append(id, part.length, ALL[2] ?? '')).status).toBe(200);
});

test('under the lenient policy bad rows are listed with their places, and the books stay exact', async () => {
  const id = await draft({ rowPolicy: 'lenient' });
  const [a = '', b = '', c = ''] = ALL;
  const first = await append(id, 0, `${a}${BAD}${b}`);
  expect(await jsonOf(first)).toMatchObject({
    rows: { received: 3, stored: 2, rejected: 1 },
    rejected: [{ row: 2, line: 2, byteOffset: a.length + IN_BAD }],
  });
  forget(id);
  const sent = `${a}${BAD}${b}`;
  // A repeated sample, an item that is not of the benchmark, a blank line, a good row.
  const second = await append(id, sent.length, `${a}${UNKNOWN}\n${c}`);
  expect(await jsonOf(second)).toMatchObject({
    rows: { received: 6, stored: 3, rejected: 3 },
    rejected: [
      { row: 4, line: 4, code: 'duplicate_sample' },
      { row: 5, line: 5, code: 'item_not_in_benchmark' },
    ],
  });
  const text = `${sent}${a}${UNKNOWN}\n${c}`;
  expect((await close(id, text, { rows: 7 })).status).toBe(422);
  expect((await close(id, text, { rows: 6 })).status).toBe(202);
  expect(await untilEnded(db, id)).toMatchObject({
    state: 'done',
    received_rows: 6,
    stored_rows: 3,
    rejected_rows: 3,
  });
});

test('what is closed takes no rows, and what is not complete is not closed', async () => {
  const id = await draft();
  const text = ALL.slice(0, 4).join('');
  await append(id, 0, text);
  expect((await close(id, `${text}x`)).status).toBe(422);
  expect((await close(id, text.replace('add-0', 'add-9'))).status).toBe(422);
  expect((await close(id, text)).status).toBe(202);
  await untilEnded(db, id);
  const late = await append(id, text.length, ALL[4] ?? '');
  expect(late.status).toBe(409);
  expect(await booksOf(db, id)).toMatchObject({ received_rows: 4 });

  const cancelled = await draft();
  await append(cancelled, 0, text);
  await call(cancel.POST, { method: 'POST', token, params: { id: cancelled } });
  expect((await append(cancelled, text.length, ALL[4] ?? '')).status).toBe(409);
  expect((await close(cancelled, text)).status).toBe(409);
});

test('the same rows under the same header are one run, and the second is hidden', async () => {
  const model = crypto.randomUUID();
  const text = ALL.slice(0, 4).join('');
  const [first, second] = [await draft({ model }), await draft({ model })];
  for (const id of [first, second]) await append(id, 0, text);
  expect((await close(first, text)).status).toBe(202);
  const twice = await close(second, text);
  expect(twice.status).toBe(200);
  expect(await jsonOf(twice)).toMatchObject({ id: first });
  const { runId, state } = await read(second);
  expect(state).toBe('cancelled');
  const run = await db.prisma.run.findUniqueOrThrow({ where: { id: String(runId) } });
  expect(run.state).toBe('withdrawn');
});

test('an unknown benchmark, a new version and a file that is not lines are refused with the way out', async () => {
  const unknown = await append(await draft({ benchmark: 'nowhere' }), 0, ALL[0] ?? '');
  expect(unknown.status).toBe(404);
  expect((await jsonOf(unknown)).detail).toContain('laconic benchmark import');
  expect((await append(await draft({ extend: true }), 0, ALL[0] ?? '')).status).toBe(400);
  const table = await append(await draft(), 0, 'id,question\n1,2\n');
  expect(table.status).toBe(415);
});

test('a live submission that nobody goes on with ends after a week', async () => {
  const id = await draft();
  await append(id, 0, ALL[0] ?? '');
  const days = (count: number) => new Date(Date.now() + count * 86_400_000);
  expect(await sweepSubmissions(db, days(6))).not.toContain(id);
  expect(await sweepSubmissions(db, days(8))).toContain(id);
  expect(await booksOf(db, id)).toMatchObject({
    state: 'failed',
    failure: { code: 'deadline_passed' },
  });
});
