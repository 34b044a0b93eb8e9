import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as leaderboard from '#app/api/v1/leaderboard/route.ts';
import * as recounting from '#app/api/v1/recount/route.ts';
import * as rescoring from '#app/api/v1/rescore/route.ts';
import * as runs from '#app/api/v1/runs/[id]/route.ts';
import { createToken } from '#lib/db/tokens.ts';
import { folderBlobStore } from '#lib/ingest/blob-store.ts';
import type { RunningWorker } from '#lib/jobs/run-worker.ts';
import { knownTokenizers } from '#lib/known-tokenizers.ts';
import type { Board } from '#lib/schemas/board.ts';
import type { RecountPlan } from '#lib/schemas/recount.ts';
import type { Run } from '#lib/schemas/run.ts';
import { tokenizers } from '#lib/tokens/index.ts';
import { call } from '../api/requests.ts';
import { testDatabase } from '../setup/database.ts';
import { startTestWorker, submitText, toJsonl, untilEnded } from '../setup/pipeline.ts';
import { smallTokenizer } from '../unit/tokens/small-tokenizer.ts';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'laconic-recount-')), 'small.json');
writeFileSync(file, JSON.stringify(smallTokenizer(1, {})));
vi.stubEnv('LACONIC_TOKENIZERS', file);

const { db, dataFolder } = await testDatabase();
const blobs = folderBlobStore(path.join(dataFolder, 'blobs'));
const { token, id: tokenId } = await createToken(db, { name: 'a', scopes: ['admin', 'submit'] });
let worker: RunningWorker;

/** More than the batches of one job, so that the chain has to go on. */
const ATTEMPTS = 2_100;

const ROWS = Array.from({ length: ATTEMPTS }, (_, index) => ({
  item_key: `item-${String(index)}`,
  prompt: `What is ${String(index)} + 7?`,
  gold: String(index + 7),
  ...(index % 10 === 9
    ? { error: { code: 'timeout', message: 'none' } }
    : {
        output: `<think>the answer is ${String(index)}…</think>\\boxed{${String(index + (index % 2) + 7)}}`,
      }),
}));

async function submit(
  header: Parameters<typeof submitText>[2]['header'],
  rows: readonly object[] = ROWS,
): Promise<string> {
  const id = await submitText(db, blobs, { text: toJsonl(rows), header, tokenId });
  const books = await untilEnded(db, id);
  expect(books).toMatchObject({ state: 'done' });
  return books.run_id ?? '';
}

let runId = '';

beforeAll(async () => {
  worker = await startTestWorker(db, blobs);
  runId = await submit({ benchmark: 'recounted', verifier: 'math' });
});

afterAll(async () => {
  await worker.stop();
  vi.unstubAllEnvs();
});

async function order(json: object, status = 202): Promise<RecountPlan> {
  const response = await call(recounting.POST, { method: 'POST', token, json });
  expect(response.status).toBe(status);
  return (await response.json()) as RecountPlan;
}

async function read(id: string, column?: string): Promise<Run> {
  const query = column === undefined ? '' : `?column=${column}`;
  const response = await call(runs.GET, { path: `/api/v1/x${query}`, params: { id }, token });
  return (await response.json()) as Run;
}

async function until(isReached: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 100_000; Date.now() < end;) {
    if (await isReached()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It took too long.');
}

const hasColumn = (id: string, column: string) => async () =>
  (await read(id, column)).column === column;

async function trueMean(tokenizer: string): Promise<number> {
  const counter = await knownTokenizers().get(tokenizer).load();
  const texts = ROWS.flatMap((row) => ('output' in row ? [row.output] : []));
  return texts.reduce((sum, text) => sum + counter.count(text), 0) / texts.length;
}

test('a further tokenizer makes a further column: the old one stays, and the board can switch', async () => {
  const before = await read(runId);
  const own = before.column ?? '';
  const other = own === 'cl100k' ? 'o200k' : 'cl100k';
  expect(await order({ tokenizer: other, runs: [runId], dryRun: true })).toMatchObject({
    tokenizer: other,
    runs: [{ runId, attempts: ATTEMPTS }],
  });
  expect((await read(runId)).columns).toHaveLength(1);

  await order({ tokenizer: other, benchmark: 'recounted' });
  await until(hasColumn(runId, other));
  const counted = await read(runId, other);
  expect(counted.figures?.tokensMean).toBeCloseTo(await trueMean(other), 9);
  expect(counted.figures?.reasoningTokensMean).toBeGreaterThan(1);
  const { tokensMean: _, ...rest } = counted.figures ?? {};
  expect(rest).toMatchObject({
    accuracy: before.figures?.accuracy,
    attempts: ATTEMPTS,
    errorShare: before.figures?.errorShare,
    charactersMean: before.figures?.charactersMean,
    reflectionsPerResponse: before.figures?.reflectionsPerResponse,
  });
  expect((await read(runId)).column, 'without a choice').toBe(own);
  expect((await read(runId)).figures).toEqual(before.figures);

  const board = async (query: string) =>
    (await (
      await call(leaderboard.GET, {
        path: `/api/v1/leaderboard?benchmark=recounted${query}`,
        token,
      })
    ).json()) as Board;
  expect((await board('')).column).toBe(own);
  await until(async () => (await board(`&column=${other}`)).rows[0]?.rank === 1);
  expect(await board(`&column=${other}`)).toMatchObject({
    column: other,
    rows: [{ tokensBy: other, isLengthComparable: true, isOnFront: true }],
  });
  expect((await order({ tokenizer: other, runs: [runId] })).skipped).toMatchObject([{ runId }]);
});

test('verdicts that are ordered later have the further column too', async () => {
  const response = await call(rescoring.POST, {
    method: 'POST',
    token,
    json: { verifier: 'string', benchmark: 'recounted' },
  });
  expect(response.status).toBe(202);
  const summaries = async () =>
    (
      await db.pool.query<{ tokenizer: string; tokens: number; done: boolean }>(
        `select tokenizer, (figures->>'tokensMean')::float8 as tokens, batches_done = batches as done
         from run_summary where run_id = $1 and verifier = 'string' order by tokenizer`,
        [runId],
      )
    ).rows;
  await until(async () => (await summaries()).every(({ done }) => done));
  expect(await summaries()).toHaveLength(2);
  for (const { tokenizer, tokens } of await summaries())
    expect(tokens).toBeCloseTo(await trueMean(tokenizer), 9);
});

test('a tokenizer of a file counts, and one that is not known is refused', async () => {
  const id = knownTokenizers().all.find((one) => !tokenizers.has(one.id))?.id ?? '';
  await order({ tokenizer: id, runs: [runId] });
  await until(hasColumn(runId, id));
  expect((await read(runId, id)).figures?.tokensMean).toBeCloseTo(await trueMean(id), 9);
  await order({ tokenizer: 'nobody', runs: [runId] }, 400);
  await order({ tokenizer: id, runs: [crypto.randomUUID()] }, 404);
  await order({ tokenizer: id }, 400);
});

test('a run that hides its reasoning is left out, with the reason', async () => {
  const hidden = await submit(
    { benchmark: 'hidden-traces', verifier: 'math', traceVisibility: 'hidden' },
    ROWS.slice(0, 5),
  );
  expect(await order({ tokenizer: 'cl100k', runs: [hidden] })).toMatchObject({
    runs: [],
    skipped: [{ runId: hidden, reason: expect.stringContaining('not shown in full') as string }],
  });
});
