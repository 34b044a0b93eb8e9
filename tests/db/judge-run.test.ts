import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { countHybrid, listVerdictKeys } from '#lib/db/model-verdicts.ts';
import { folderBlobStore } from '#lib/ingest/blob-store.ts';
import { importRunVerdicts } from '#lib/judge/import-run-verdicts.ts';
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

test('verdicts of a judge that ran elsewhere are imported into a run, apart from its scores', async () => {
  const rows = ANSWERS.map((answer, index) => ({
    item_key: `q${String(index)}`,
    prompt: `Which house, ${String(index)}?`,
    gold: index === 4 ? '8' : 'red house',
    output: answer === '' ? 'I can not say.' : `It is \\boxed{${answer}}.`,
    finish_reason: 'stop',
  }));
  const header = { benchmark: 'imported', verifier: 'string' };
  const { run_id: runId } = await untilEnded(
    db,
    await submitText(db, blobs, { text: toJsonl(rows), header }),
  );
  if (runId === null) throw new Error('The run was not scored.');
  const [key] = await listVerdictKeys(db, runId);
  if (key === undefined) throw new Error('The run has no summary.');
  const file = path.join(dataFolder, 'verdicts.jsonl');
  const lines = [
    { item_key: 'q1', verdict: true },
    { item_key: 'q2', sample_index: 0, verdict: 'wrong' },
    { item_key: 'q4', verdict: 'correct' },
    { item_key: 'q9', verdict: true },
    { item_key: 'q1', verdict: 'perhaps' },
  ];
  await writeFile(file, toJsonl(lines));
  const source = 'model-judge:elsewhere@imported';
  const refused: string[] = [];
  const load = () =>
    importRunVerdicts(db, { runId, source, file }, ({ line, reason }) =>
      refused.push(`${String(line)}: ${reason}`),
    );
  expect(await load()).toEqual({ read: 3, stored: 3 });
  expect(refused).toEqual([
    '5: The line is not {"item_key", "sample_index", "verdict"} with a verdict such as correct, wrong, true, false, 1 or 0.',
    '4: The run has no sample 0 of item "q9".',
  ]);
  expect(await load()).toEqual({ read: 3, stored: 0 });
  // Two unequal numbers are final: the model's word on 7 against 8 is kept and not counted.
  expect(await countHybrid(db, key, source)).toEqual({
    ...{ scored: 5, rule: 1, asked: 3, added: 1, undecided: 0 },
  });
});
