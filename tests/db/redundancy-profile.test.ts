import { expect, test } from 'vitest';
import { withTransaction } from '#lib/db/client.ts';
import { readRedundancyProfile } from '#lib/db/redundancy-profile.ts';
import { findSampleScope, listSamples, type SampleScope } from '#lib/db/samples.ts';
import { insertTraces } from '#lib/db/traces.ts';
import type { MeasuredTrace } from '#lib/redundancy/trace/measure-trace.ts';
import { RunRedundancy } from '#lib/schemas/redundancy.ts';
import { SampleQuery } from '#lib/schemas/sample.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { addBenchmark, addScoredRun, ITEM_KEYS } from './reading-fixture.ts';

const { db } = await testDatabase();
const SAMPLES = 4;

/** The first two items are always solved, the third half the time, the rest never. */
function isRight(position: number): boolean {
  const item = Math.floor(position / SAMPLES);
  return item < 2 || (item === 2 && position % 2 === 0);
}

async function scopeOf(name: string, hasHiddenGold = false): Promise<SampleScope> {
  const runId = await addScoredRun(db, {
    ...{ benchmarkId: await addBenchmark(db, { name, hasHiddenGold }), label: 'run' },
    samples: SAMPLES,
    attemptOf: (position) => ({ outcome: isRight(position) ? 'correct' : 'wrong', tokens: 100 }),
  });
  // Right answers stand after 40 of 100 tokens; of the hard items, the last holds the right answer and leaves it.
  await db.pool.query(
    `update score set answer_statements = 3,
       first_correct_tokens = case when outcome = 'correct' then 40 when item_key = $2 then 90 end,
       after_correct_tokens = case when outcome = 'correct' then 60 when item_key = $2 then 10 end,
       correct_again = case when outcome = 'correct' then 2 when item_key = $2 then 0 end
     where run_id = $1`,
    [runId, ITEM_KEYS[4]],
  );
  const scope = await findSampleScope(db, runId, null);
  if (scope === null) throw new Error('The run is not there.');
  return scope;
}

function trace(loops: number): MeasuredTrace {
  return {
    found: loops > 0 ? { 'suffix-loop': { loop: loops } } : {},
    ...{ reflections: 5 + loops, switches: 2, loops, steps: 4 },
    ...{ repeatedStepShare: 0.25, ngramRepetition: 0, loopShare: 0 },
    ...{ compression: null, restatedShare: null },
  };
}

const scope = await scopeOf('profiled');
await withTransaction(db, (session) =>
  insertTraces(
    session,
    scope.runId,
    ITEM_KEYS.flatMap((itemKey, item) =>
      Array.from({ length: SAMPLES }, (_, sampleIndex) => ({
        ...{ itemKey, sampleIndex },
        ...trace(Number(item === 3 && sampleIndex === 0)),
      })),
    ),
  ),
);

test('the profile follows from what is stored, by how hard the items are', async () => {
  const { rows, measured } = RunRedundancy.parse(await readRedundancyProfile(db, scope));
  expect(measured).toBe(20);
  expect(
    rows.map(({ band, items, attempts, accuracy }) => [band, items, attempts, accuracy]),
  ).toEqual([
    ['all', 5, 20, 0.5],
    ['easy', 2, 8, 1],
    ['medium', 1, 4, 0.5],
    ['hard', 2, 8, 0],
  ]);
  const [all, easy, , hard] = rows;
  expect(all?.redundant).toMatchObject({
    repeatedStepShare: 0.25,
    loopShare: 1 / 20,
    compression: null,
  });
  expect(easy?.overthinking).toEqual({
    ...{ tokensMean: 100, afterTokensMean: 60, afterShare: 0.6, againMean: 2, stated: 8 },
  });
  expect(easy?.underthinking).toMatchObject({ leftAnswerShare: null, searched: 0 });
  expect(hard?.underthinking).toEqual({
    ...{ switchesPer1kRight: null, switchesPer1kWrong: 20, leftAnswerShare: 0.5, searched: 8 },
    underthinkingScore: 0.05,
  });
});

test('a run that nobody measured has no profile instead of one of zeros', async () => {
  const { rows, measured } = await readRedundancyProfile(db, await scopeOf('unmeasured'));
  expect({ rows, measured }).toEqual({ rows: [], measured: 0 });
});

test('samples are ordered and filtered by what was measured', async () => {
  const list = async (query: object) =>
    (await listSamples(db, scope, SampleQuery.parse({ limit: 500, ...query }))).samples;
  const byAfter = (await list({ sort: '-afterAnswer' })).map((row) => row.afterAnswerTokens);
  expect(byAfter).toEqual([
    ...Array.from({ length: 10 }, () => 60),
    ...Array.from({ length: 4 }, () => 10),
    ...Array.from({ length: 6 }, () => null),
  ]);
  expect((await list({ loop: 'yes' })).map((row) => row.position)).toEqual([12]);
  expect(await list({ loop: 'no' })).toHaveLength(19);
  expect(await list({ minAfterAnswer: 11 })).toHaveLength(10);
  expect((await list({ sort: '-reflections' }))[0]).toMatchObject({ position: 12, reflections: 6 });
  const paged: number[] = [];
  let cursor: string | null | undefined;
  do {
    const query = SampleQuery.parse({ sort: 'afterAnswer', limit: 3, cursor: cursor ?? undefined });
    const page = await listSamples(db, scope, query);
    paged.push(...page.samples.map((row) => row.position));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(paged).toHaveLength(20);
  expect(new Set(paged).size).toBe(20);
});

test('where a hidden answer stands is in no list, and no order tells it', async () => {
  const hidden = await scopeOf('hidden', true);
  const query = SampleQuery.parse({ sort: '-afterAnswer', limit: 500 });
  const { samples } = await listSamples(db, hidden, query);
  expect(samples.every((row) => row.afterAnswerTokens === null)).toBe(true);
  expect(samples.every((row) => row.firstCorrectTokens === null)).toBe(true);
  expect(samples.map((row) => row.position)).toEqual([...samples.keys()]);
  const filtered = SampleQuery.parse({ minAfterAnswer: 1, limit: 500 });
  expect((await listSamples(db, hidden, filtered)).samples).toEqual([]);
});
