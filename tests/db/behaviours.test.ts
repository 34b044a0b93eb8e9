import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readBehaviours } from '#lib/db/behaviour-labels.ts';
import { labelBehaviours } from '#lib/judge/behaviour-run.ts';
import { importBehaviours } from '#lib/judge/imported-behaviours.ts';
import { ModelJudge } from '#lib/judge/model-judge.ts';
import { storedCache } from '#lib/judge/stored-cache.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { say, startChatServer } from '#tests/unit/judge/chat-server.ts';
import { addBenchmark, addScoredRun } from './reading-fixture.ts';

const { db } = await testDatabase();

async function addRun(name: string): Promise<string> {
  return addScoredRun(db, {
    ...{ benchmarkId: await addBenchmark(db, { name }), label: 'run', samples: 1 },
    attemptOf: (position) => ({
      outcome: 'correct',
      tokens: 10,
      output: `Trace ${name} ${String(position)}`,
    }),
  });
}

test('a model labels a run once: limits leave a rest, unreadable answers are counted and not asked again', async () => {
  const runId = await addRun('judged');
  const server = await startChatServer((asked, response, request) => {
    const isOdd = asked.messages[1]?.content.includes('judged 4') === true;
    say(isOdd ? 'I see some backtracking.' : '{"backtracking": 2, "verification": 1}')(
      ...[asked, response, request],
    );
  });
  try {
    const judge = (maxRequests: number) =>
      new ModelJudge(server.settings, storedCache(db), { bounds: { maxRequests } });
    const first = judge(2);
    expect((await labelBehaviours(db, runId, first)).sources[0]?.labelled).toBe(2);
    expect(first.use).toMatchObject({ requests: 2, overLimit: 3 });
    const second = judge(100);
    const { sources } = await labelBehaviours(db, runId, second);
    expect(second.use).toMatchObject({ requests: 3, unparsable: 1 });
    expect(second.use.costUsd).toBeGreaterThan(0);
    expect(sources).toHaveLength(1);
    expect(sources[0]).toMatchObject({
      source: 'model-judge:tiny-judge@1',
      labelled: 4,
      unreadable: 1,
    });
    expect(sources[0]?.ratios[0]).toEqual({
      ...{ behaviour: 'backtracking', occurrences: 8, responses: 4 },
      ...{ shareOfResponses: 1, shareOfBehaviours: 2 / 3 },
    });
    await labelBehaviours(db, runId, judge(100));
    expect(server.asked).toHaveLength(5);
  } finally {
    await server.close();
  }
});

test('labels of a file stand under their source, and lines that can not be read are told', async () => {
  const runId = await addRun('imported');
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'labels-')), 'labels.jsonl');
  const lines = [
    { item: 'plain', sample: 0, labels: ['backtracking', 'backtracking', 'Subgoal Setting'] },
    { item: 'a/b?c#d', labels: { enumeration: 1 } },
    { item: 'not there', labels: [] },
    { item: 'plain', labels: ['dancing'] },
  ];
  await writeFile(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  const refused: number[] = [];
  const told = await importBehaviours(db, { runId, file }, ({ line }) => refused.push(line));
  expect(told).toEqual({ saved: 2, unknown: 1, refused: 1 });
  expect(refused).toEqual([4]);
  const { sources } = await readBehaviours(db, runId);
  const shares = sources[0]?.ratios.map((one) => [one.shareOfResponses, one.shareOfBehaviours]);
  expect(shares).toEqual([
    [0.5, 0.5],
    [0, 0],
    [0.5, 0.25],
    [0.5, 0.25],
    [0, 0],
  ]);
});

test('a run that nobody labelled has no behaviours, not zero of each', async () => {
  expect((await readBehaviours(db, await addRun('bare'))).sources).toEqual([]);
});
