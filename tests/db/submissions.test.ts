import { randomUUIDv7 } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  addRejectedRows,
  failSubmission,
  getSubmissionForIngest,
  moveSubmission,
  noteRowsRead,
  setBooks,
  sweepSubmissions,
} from '#lib/db/submissions.ts';
import { retrySubmission } from '#lib/db/submission-intake.ts';
import { OPEN_STATES, SUBMISSION_STATES } from '#lib/db/submission-states.ts';
import { SubmissionHeader, SubmissionState } from '#lib/schemas/submission.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const owner = randomUUIDv7();
await db.pool.query(
  `insert into api_token (id, name, hash, last4, scopes) values ($1, 'owner', 'hash', 'last', '{submit}')`,
  [owner],
);
const header = SubmissionHeader.parse({ benchmark: 'sums', model: 'guess' });

async function insert(state: SubmissionState, deadline: Date | null): Promise<string> {
  const id = randomUUIDv7();
  await db.pool.query(
    `insert into submission (id, state, header, owner_token_id, deadline) values ($1, $2, $3, $4, $5)`,
    [id, state, JSON.stringify(header), owner, deadline],
  );
  return id;
}

const row = async (id: string) => db.prisma.submission.findUniqueOrThrow({ where: { id } });
const tomorrow = (): Date => new Date(Date.now() + 86_400_000);

test('every state that waits has a deadline and a way to fail', () => {
  for (const state of SubmissionState.options) {
    const { deadlineMinutes, next } = SUBMISSION_STATES[state];
    expect(next.includes('failed'), state).toBe(deadlineMinutes !== null);
  }
});

test('a move takes the patch, counts the sequence and sets the deadline', async () => {
  const id = await insert('validating', tomorrow());
  const before = await row(id);
  const moved = await moveSubmission(
    db.pool,
    id,
    { from: ['validating'], to: 'scoring' },
    { format: 'laconic-jsonl', failure: null },
  );
  expect(moved).toEqual({ state: 'scoring', sequence: 1 });
  const after = await row(id);
  expect(after).toMatchObject({ state: 'scoring', format: 'laconic-jsonl', finishedAt: null });
  expect(after.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
});

test('of twenty movers of one submission one succeeds and the others are told its state', async () => {
  const id = await insert('received', tomorrow());
  const moves = Array.from({ length: 20 }, () =>
    moveSubmission(db.pool, id, { from: ['received'], to: 'validating' }),
  );
  const results = await Promise.allSettled(moves);
  const failures = results.filter((result) => result.status === 'rejected');
  expect(failures).toHaveLength(19);
  for (const { reason } of failures) expect(reason).toMatchObject({ code: 'conflict' });
  expect((await row(id)).sequence).toBe(1);
});

test('a move that the table does not know is our own fault', async () => {
  const id = await insert('done', null);
  await expect(moveSubmission(db.pool, id, { from: ['done'], to: 'scoring' })).rejects.toThrow(
    'No submission goes from done to scoring',
  );
  await expect(
    moveSubmission(db.pool, randomUUIDv7(), { from: ['draft'], to: 'uploading' }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

test('a failure ends an open submission once and never a finished one', async () => {
  const open = await insert('scoring', tomorrow());
  const failure = { stage: 'scoring', code: 'x', message: 'why', retryable: true };
  expect(await failSubmission(db, open, failure)).toBe(true);
  expect(await failSubmission(db, open, { ...failure, code: 'y' })).toBe(false);
  expect(await row(open)).toMatchObject({ state: 'failed', failure, deadline: null });
  const done = await insert('done', null);
  expect(await failSubmission(db, done, failure)).toBe(false);
});

test('the sweeper fails what is past its deadline, in every open state, and nothing else', async () => {
  const now = new Date();
  const past = new Date(now.getTime() - 1000);
  const late = await Promise.all(OPEN_STATES.map((state) => insert(state, past)));
  const inTime = await Promise.all(OPEN_STATES.map((state) => insert(state, tomorrow())));
  expect((await sweepSubmissions(db, now)).sort()).toEqual(late.sort());
  for (const id of late) {
    const { state, failure } = await row(id);
    expect(state).toBe('failed');
    expect(failure).toMatchObject({ code: 'deadline_passed', retryable: false });
  }
  for (const id of inTime) expect((await row(id)).state).not.toBe('failed');
});

test('books that do not balance are refused', async () => {
  const id = await insert('validating', tomorrow());
  const books = {
    received: 10,
    stored: 8,
    rejected: 1,
    dead: 1,
    attempts: 16,
    warnings: { nul: 2 },
  };
  await setBooks(db.pool, id, books);
  expect(await row(id)).toMatchObject({ receivedRows: 10, attempts: 16, warnings: { nul: 2 } });
  await expect(setBooks(db.pool, id, { ...books, dead: 0 })).rejects.toThrow(
    'submission_books_check',
  );
});

test('progress is noted while the file is read and not after', async () => {
  const id = await insert('validating', new Date());
  await noteRowsRead(db, id, 500);
  const noted = await row(id);
  expect(noted).toMatchObject({ rowsRead: 500, sequence: 1 });
  expect(noted.deadline?.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
  await moveSubmission(db.pool, id, { from: ['validating'], to: 'scoring' });
  await noteRowsRead(db, id, 600);
  expect((await row(id)).rowsRead).toBe(500);
});

test('findings of one row keep their order, and adding them twice adds them once', async () => {
  const id = await insert('validating', tomorrow());
  const finding = {
    row: 3,
    line: 3,
    byteOffset: 40,
    pointer: '/a',
    code: 'c',
    message: 'm',
    hint: null,
  };
  const findings = [finding, { ...finding, message: 'cut \0 \ud800' }, { ...finding, row: 4 }];
  await addRejectedRows(db.pool, id, findings);
  await addRejectedRows(db.pool, id, findings);
  const rows = await db.prisma.rejectedRow.findMany({
    where: { submissionId: id },
    orderBy: [{ row: 'asc' }, { ordinal: 'asc' }],
    select: { row: true, ordinal: true, message: true },
  });
  expect(rows).toEqual([
    { row: 3, ordinal: 0, message: 'm' },
    { row: 3, ordinal: 1, message: 'cut \u2400 \ufffd' },
    { row: 4, ordinal: 0, message: 'm' },
  ]);
});

test('the pipeline gets the header, the file and its size', async () => {
  const id = await insert('validating', tomorrow());
  await expect(getSubmissionForIngest(db.pool, id)).rejects.toMatchObject({ code: 'not_found' });
  const sha256 = 'a'.repeat(64);
  await db.pool.query('insert into raw_file (sha256, bytes) values ($1, 12)', [sha256]);
  await db.pool.query(
    `update submission set raw_sha256 = $2, file_name = 'a.jsonl' where id = $1`,
    [id, sha256],
  );
  expect(await getSubmissionForIngest(db.pool, id)).toEqual({
    id,
    state: 'validating',
    header,
    rowPolicy: 'strict',
    ownerTokenId: owner,
    rawSha256: sha256,
    fileName: 'a.jsonl',
    bytes: 12,
  });
});

test('the run of what failed is hidden, and a retry starts with a new one', async () => {
  const id = await insert('scoring', tomorrow());
  const sha256 = 'b'.repeat(64);
  await db.pool.query('insert into raw_file (sha256, bytes) values ($1, 12)', [sha256]);
  await db.pool.query('update submission set raw_sha256 = $2 where id = $1', [id, sha256]);
  const [benchmarkId, modelId, runId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
  await db.pool.query(
    `insert into benchmark (id, name, version, split, title, visibility, default_verifier, verifier_version, policy, tokenizer, item_count)
     values ($1, 'sums', 1, 'test', 'Sums', 'public', 'math', 1, '{}', 'o200k', 1)`,
    [benchmarkId],
  );
  await db.pool.query(`insert into model (id, name) values ($1, 'guess')`, [modelId]);
  await db.pool.query(
    `insert into run (id, submission_id, benchmark_id, model_id, label, trust_level, visibility, state)
     values ($1, $2, $3, $4, 'guess', 'scored', 'public', 'scoring')`,
    [runId, id, benchmarkId, modelId],
  );
  await failSubmission(db, id, { stage: 'scoring', code: 'x', message: 'why', retryable: true });
  expect(await db.prisma.run.findMany({ select: { state: true } })).toEqual([
    { state: 'withdrawn' },
  ]);
  await retrySubmission(db, { id, ownerTokenId: owner }, () => Promise.resolve());
  expect(await db.prisma.run.count()).toBe(0);
  expect((await row(id)).state).toBe('validating');
});
