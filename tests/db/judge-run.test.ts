import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listVerdictKeys } from '#lib/db/model-verdicts.ts';
import { folderBlobStore } from '#lib/ingest/blob-store.ts';
import { judgeRun } from '#lib/judge/judge-run.ts';
import { ModelJudge } from '#lib/judge/model-judge.ts';
import { storedCache } from '#lib/judge/stored-cache.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { startTestWorker, submitText, toJsonl, untilEnded } from '#tests/setup/pipeline.ts';
import { say, startChatServer } from '#tests/unit/judge/chat-server.ts';

const { db, dataFolder } = await testDatabase();
const blobs = folderBlobStore(path.join(dataFolder, 'blobs'));
const server = await startChatServer((asked, response, request) => {
  const isSame = asked.messages[1]?.content.includes('painted red') === true;
  say(`VERDICT: ${isSame ? 'SAME' : 'DIFFERENT'}`)(asked, response, request);
});
const worker = await startTestWorker(db, blobs);
afterAll(async () => {
  await worker.stop();
  await server.close();
});

const ANSWERS = ['\\text{red house}', '\\text{house painted red}', '\\text{blue house}', '', '7'];

test('a stored run keeps the verdicts of rule and model apart, and the hybrid counts both', async () => {
  const rows = ANSWERS.map((answer, index) => ({
    item_key: `q${String(index)}`,
    prompt: `Which house, ${String(index)}?`,
    gold: index === 4 ? '8' : 'red house',
    output: answer === '' ? '<think>Which one was it' : `It is \\boxed{${answer}}.`,
    finish_reason: 'stop',
  }));
  const header = { benchmark: 'houses', verifier: 'string' };
  const { run_id: runId } = await untilEnded(
    db,
    await submitText(db, blobs, { text: toJsonl(rows), header }),
  );
  if (runId === null) throw new Error('The run was not scored.');
  const [key] = await listVerdictKeys(db, runId);
  if (key === undefined) throw new Error('The run has no summary.');
  const scores = () =>
    db.pool.query('select * from score where run_id = $1 order by item_key', [runId]);
  const before = await scores();

  const short = new ModelJudge(server.settings, storedCache(db), { bounds: { maxRequests: 1 } });
  expect(await judgeRun(db, key, short)).toMatchObject({ scored: 5, rule: 1, asked: 1 });
  const judge = new ModelJudge(server.settings, storedCache(db));
  const counts = await judgeRun(db, key, judge);
  expect(counts).toEqual({ scored: 5, rule: 1, asked: 2, added: 1, undecided: 0 });
  expect(judge.use.requests).toBe(1);

  expect(await judgeRun(db, key, judge)).toEqual(counts);
  expect(judge.use.requests).toBe(1);
  expect((await scores()).rows).toEqual(before.rows);
});
