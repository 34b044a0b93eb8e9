import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readBoard } from '#lib/db/board.ts';
import { listGradings, writeGrading } from '#lib/db/gradings.ts';
import { emptyGrading, gradingViews } from '#lib/leaderboard/grading-plan.ts';
import { BoardQuery } from '#lib/schemas/board.ts';
import { withTransaction } from '#lib/db/client.ts';
import { findRun } from '#lib/db/runs.ts';
import { folderBlobStore } from '#lib/ingest/blob-store.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { startTestWorker, submitText, toJsonl, untilEnded } from '#tests/setup/pipeline.ts';

const { db, dataFolder } = await testDatabase();
const blobs = folderBlobStore(path.join(dataFolder, 'blobs'));
const worker = await startTestWorker(db, blobs);
afterAll(() => worker.stop());

/** Gold, answer, and whether the default, the strictest and the most lenient policy accept it. */
const ROWS: readonly [gold: string, answer: string, accepted: string][] = [
  ['4', '\\boxed{4}', 'default strictest lenient'],
  ['0.5', '\\boxed{\\frac{1}{2}}', 'default strictest lenient'],
  ['25', '\\boxed{25\\%}', 'default lenient'],
  ['12 \\text{ cm}', '\\boxed{12}', 'default lenient'],
  ['1, 2, 3', '\\boxed{3, 1, 2}', 'default lenient'],
  ['0.67', '\\boxed{\\frac{2}{3}}', 'lenient'],
  ['7', '\\boxed{8}', ''],
  ['9', 'I can not say.', ''],
];

async function untilGraded(runId: string): Promise<void> {
  for (let wait = 0; wait < 200; wait += 1) {
    if ((await listGradings(db, runId)).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The run was not graded.');
}

test('a scored run shows what its policies move and what other verifiers would say', async () => {
  const rows = ROWS.map(([gold, output], index) => ({
    item_key: `q${String(index)}`,
    prompt: `Question ${String(index)}`,
    gold,
    output,
    finish_reason: 'stop',
  }));
  const header = { benchmark: 'policies', verifier: 'math' };
  const { run_id: runId } = await untilEnded(
    db,
    await submitText(db, blobs, { text: toJsonl(rows), header }),
  );
  if (runId === null) throw new Error('The run was not scored.');
  await untilGraded(runId);
  const admin = { tokenId: runId, scopes: ['admin' as const] };
  const run = await findRun(db, { id: runId }, admin);
  const count = (policy: string): number =>
    ROWS.filter(([, , accepted]) => accepted.includes(policy)).length;
  expect(run?.figures?.accuracy).toBe(count('default') / ROWS.length);
  expect(run?.sensitivity).toEqual({
    strictest: count('strictest') / ROWS.length,
    lenient: count('lenient') / ROWS.length,
  });
  const onBoard = await readBoard(db, BoardQuery.parse({ benchmark: 'policies' }), admin);
  expect(onBoard?.board.rows.map(({ sensitivity }) => sensitivity)).toEqual([run?.sensitivity]);
  const strict = run?.gradings.find(({ role }) => role === 'strictest');
  expect(strict).toMatchObject({ attempts: 8, accepted: 2, onlyHere: 0, onlyOwn: 3 });
  expect(strict?.disputed.map(({ itemKey }) => itemKey).sort()).toEqual(['q2', 'q3', 'q4']);
  const box = run?.gradings.find(({ verifier }) => verifier === 'string-box');
  expect(box).toMatchObject({ role: 'other', attempts: 8, accepted: 4 });
  const { rows: scores } = await db.pool.query(
    'select distinct verifier, policy from score where run_id = $1',
    [runId],
  );
  expect(scores).toEqual([{ verifier: 'math', policy: 'default' }]);

  const strictest = gradingViews('math').find(({ role }) => role === 'strictest');
  if (strictest === undefined) throw new Error('The verifier has no strictest policy.');
  const tally = { ...emptyGrading(), attempts: 8, accepted: 1 };
  await withTransaction(db, (session) => writeGrading(session, runId, { view: strictest, tally }));
  const graded = await readBoard(db, BoardQuery.parse({ benchmark: 'policies' }), admin);
  expect(graded?.version).not.toBe(onBoard?.version);
  expect(graded?.board.rows[0]?.sensitivity?.strictest).toBe(1 / 8);
});
