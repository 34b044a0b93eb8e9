import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withTransaction } from '#lib/db/client.ts';
import { findRun } from '#lib/db/runs.ts';
import { createToken } from '#lib/db/tokens.ts';
import { folderBlobStore } from '#lib/ingest/blob-store.ts';
import { importBenchmark } from '#lib/ingest/import-benchmark.ts';
import { toPuzzleItem } from '#lib/logic/puzzle-item.ts';
import { logicTasks } from '#lib/logic/index.ts';
import { createInstance, createItem } from '#lib/logic/logic-item.ts';
import { chunksOf } from '../unit/ingest/byte-source.ts';
import { testDatabase } from '../setup/database.ts';
import { startTestWorker, submitText, toJsonl, untilEnded } from '../setup/pipeline.ts';

const { db, dataFolder } = await testDatabase();
const blobs = folderBlobStore(path.join(dataFolder, 'blobs'));
const worker = await startTestWorker(db, blobs);
afterAll(() => worker.stop());

/** Rows as a generation run over the published data set leaves them; every third answer is that of another puzzle. */
const rows = ['kukurasu', 'futoshiki'].flatMap((id) => {
  const task = logicTasks.get(id);
  return Array.from({ length: 6 }, (_, index) => {
    const key = { seed: 'rows', level: 2, index };
    const item = createItem(task, key, 'en');
    const answered = createInstance(task, index % 3 === 2 ? { ...key, index: index + 40 } : key);
    return {
      data_source: `val/${item.task}`,
      prompt: [{ role: 'user', content: item.prompt }],
      reward_model: { answer: '', style: 'rule', ground_truth: '' },
      extra_info: { game_data_str: JSON.stringify(item.data), index, split: 'test' },
      responses: [`<think>Hm.</think>\n<answer>${task.answer(answered)}</answer>`],
    };
  });
});

/** A benchmark of the same rows under the policy, as `laconic benchmark import` makes it. */
async function declare(name: string, policy: object): Promise<string> {
  const owner = await createToken(db, { name, scopes: ['submit', 'admin'] });
  const header = { laconic_benchmark: 1, name, policy };
  const text = toJsonl([header, ...rows.map((row) => toPuzzleItem(row))]);
  const receipt = await withTransaction(db, (session) =>
    importBenchmark(session, chunksOf(text), { tokenId: owner.id, isAdmin: true }),
  );
  expect(receipt).toMatchObject({ items: 12, verifier: 'logic' });
  return owner.id;
}

test.each([
  ['declared by the file itself', null],
  ['in the sound mode', { mode: 'sound' }],
  ['in the reference mode', { mode: 'reference' }],
] as const)('official rows are scored to the last, %s', async (what, policy) => {
  const name = what.replaceAll(' ', '-');
  const owner = policy === null ? {} : { tokenId: await declare(name, policy) };
  const header = { benchmark: name };
  const id = await submitText(db, blobs, { text: toJsonl(rows), header, ...owner });
  const books = await untilEnded(db, id);
  expect(books).toMatchObject({ state: 'done', stored_rows: 12, rejected_rows: 0, dead_rows: 0 });
  const { rows: scores } = await db.pool.query<{ outcome: string; verifier: string; n: number }>(
    `select outcome, verifier, count(*)::int as n from score where run_id = $1 group by 1, 2 order by 1`,
    [books.run_id],
  );
  expect(new Set(scores.map(({ verifier }) => verifier))).toEqual(new Set(['logic']));
  expect(Object.fromEntries(scores.map(({ outcome, n }) => [outcome, n]))).toEqual({
    correct: 8,
    wrong: 4,
  });
  const run = await findRun(
    db,
    { id: books.run_id ?? '' },
    { tokenId: crypto.randomUUID(), scopes: ['admin'] },
  );
  expect(run?.groups.find((group) => group.name === 'task')?.rows).toMatchObject([
    { name: 'kukurasu', items: 6, accuracy: 4 / 6 },
    { name: 'futoshiki', items: 6, accuracy: 4 / 6 },
  ]);
});
