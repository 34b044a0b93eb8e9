import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as leaderboard from '#app/api/v1/leaderboard/route.ts';
import * as pin from '#app/api/v1/benchmarks/[id]/verifier/route.ts';
import * as verdicts from '#app/api/v1/benchmarks/[id]/verdicts/route.ts';
import * as rescoring from '#app/api/v1/rescore/route.ts';
import { createToken } from '#lib/db/tokens.ts';
import { folderBlobStore } from '#lib/ingest/blob-store.ts';
import type { RunningWorker } from '#lib/jobs/run-worker.ts';
import type { RescorePlan, VerdictDiff } from '#lib/schemas/rescore.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { call } from '../api/requests.ts';
import { testDatabase } from '../setup/database.ts';
import { startTestWorker, submitText, toJsonl, untilEnded } from '../setup/pipeline.ts';

const { db, dataFolder } = await testDatabase();
const blobs = folderBlobStore(path.join(dataFolder, 'blobs'));
const { token } = await createToken(db, { name: 'admin', scopes: ['admin', 'submit'] });
let worker: RunningWorker;
let benchmarkId = '';
let runId = '';

/** Three of four answers are boxed; half of the boxed ones are right, but for `string-box` only in the very form of the gold. */
const ROWS = Array.from({ length: 40 }, (_, index) => ({
  item_key: `item-${String(index)}`,
  prompt: `Which fraction is ${String(index)}?`,
  gold: `${String(index + 1)}/2`,
  output: [
    `\\boxed{${String(index + 1)}/2}`,
    `\\boxed{${String((index + 1) / 2)}}`,
    '\\boxed{999}',
    'No idea.',
  ][index % 4],
}));

beforeAll(async () => {
  worker = await startTestWorker(db, blobs);
  const id = await submitText(db, blobs, {
    text: toJsonl(ROWS),
    header: { benchmark: 'fractions', verifier: 'math', visibility: 'public' },
    tokenId: (await createToken(db, { name: 'owner', scopes: ['admin', 'submit'] })).id,
  });
  const books = await untilEnded(db, id);
  expect(books).toMatchObject({ state: 'done', stored_rows: 40, dead_rows: 0 });
  runId = books.run_id ?? '';
  const run = await db.prisma.run.findUniqueOrThrow({ where: { id: runId } });
  benchmarkId = run.benchmarkId;
});

afterAll(async () => {
  await worker.stop();
});

async function order(json: object): Promise<RescorePlan> {
  const response = await call(rescoring.POST, { method: 'POST', token, json });
  expect(response.status).toBe(202);
  return (await response.json()) as RescorePlan;
}

async function diff(query = ''): Promise<VerdictDiff> {
  const response = await call(verdicts.GET, {
    path: `/api/v1/x${query}`,
    params: { id: benchmarkId },
    token,
  });
  expect(response.status).toBe(200);
  return (await response.json()) as VerdictDiff;
}

async function accuracyOnBoard(): Promise<number> {
  const response = await call(leaderboard.GET, {
    path: `/api/v1/leaderboard?benchmark=${benchmarkId}`,
    token,
  });
  const board = (await response.json()) as { rows: { figures: { accuracy: number } }[] };
  return board.rows[0]?.figures.accuracy ?? Number.NaN;
}

test('a dry run tells what would change and stores nothing', async () => {
  const plan = await order({ verifier: 'string-box', benchmark: 'fractions', dryRun: true });
  expect(plan.benchmarks).toMatchObject([{ name: 'fractions', runs: 1, attempts: 40, skipped: 0 }]);
  expect(plan.sample).toMatchObject({ judged: 40, attempts: 40 });
  expect(plan.sample?.flips.filter(({ before }) => before.outcome === 'correct')).toHaveLength(10);
  expect(plan.sample?.flips[0]).toMatchObject({
    before: { outcome: 'correct' },
    after: { outcome: 'wrong' },
  });
  expect((await diff()).sets).toHaveLength(1);
});

test('new verdicts stand beside the old ones, the diff names the flips, and the board stays until it is switched', async () => {
  const version = verifiers.get('string-box').version;
  expect(await accuracyOnBoard()).toBe(0.5);
  const [first, second] = await Promise.all([
    order({ verifier: 'string-box', benchmark: 'fractions' }),
    order({ verifier: 'string-box', benchmark: 'fractions' }),
  ]);
  const runs = [first, second].map(({ benchmarks }) => benchmarks[0]?.runs);
  expect(runs.sort(), 'two orders at once plan the run once').toEqual([0, 1]);

  let found = await diff();
  for (const end = Date.now() + 60_000; Date.now() < end; found = await diff()) {
    if (found.sets.length === 2 && found.sets.every(({ unfinished }) => unfinished === 0)) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const to = `string-box@${String(version)}`;
  const change = await diff(`?to=${encodeURIComponent(to)}`);
  expect(change).toMatchObject({ to, compared: 40 });
  expect(change.runs).toMatchObject([
    { runId, gained: 0, lost: 10, accuracyBefore: 0.5, accuracyAfter: 0.25 },
  ]);
  expect(change.flips.filter(({ before }) => before.outcome === 'correct')).toHaveLength(10);
  expect(change.classes.reduce((sum, { count }) => sum + count, 0)).toBe(change.flips.length);
  expect(await accuracyOnBoard(), 'pinned').toBe(0.5);

  const books = await db.prisma.submission.findFirstOrThrow({ where: { run: { id: runId } } });
  expect(books).toMatchObject({ state: 'done', storedRows: 40, deadRows: 0 });

  const switched = await call(pin.PUT, {
    method: 'PUT',
    token,
    params: { id: benchmarkId },
    json: { verifier: 'string-box' },
  });
  expect(await switched.json()).toMatchObject({ verifier: 'string-box', version });
  expect(await accuracyOnBoard()).toBe(0.25);
});

test('a board is not switched to verdicts that its runs lack', async () => {
  const response = await call(pin.PUT, {
    method: 'PUT',
    token,
    params: { id: benchmarkId },
    json: { verifier: 'minerva' },
  });
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({
    detail: expect.stringContaining('laconic rescore') as string,
  });
});

test.each([
  ['math@999', 'This server has math@'],
  ['maths', 'There is no verifier "maths"'],
])('%s is refused in words', async (verifier, words) => {
  const response = await call(rescoring.POST, { method: 'POST', token, json: { verifier } });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    detail: expect.stringContaining(words) as string,
  });
});
