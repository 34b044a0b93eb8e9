import { afterAll, expect, test } from 'vitest';
import { findSampleScope, type SampleScope } from '#lib/db/samples.ts';
import { describeSample } from '#lib/judge/sample-redundancy.ts';
import { TraceReader } from '#lib/judge/trace-reader.ts';
import { SampleRedundancy } from '#lib/schemas/redundancy.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { addBenchmark, addScoredRun } from './reading-fixture.ts';

const { db } = await testDatabase();
const reader = new TraceReader();
afterAll(() => reader.close());

const REASONING =
  'Which number is plain? Let me see.\n\nWait, the answer is gold-0. However, let me check that again with care.\n\nYes, the answer is gold-0.';
const OUTPUT = `<think>${REASONING}</think>The answer is gold-0.`;

async function scopeOf(options: { name: string; hasHiddenGold?: boolean }): Promise<SampleScope> {
  const runId = await addScoredRun(db, {
    ...{ benchmarkId: await addBenchmark(db, options), label: 'run', samples: 1 },
    attemptOf: () => ({ outcome: 'correct', tokens: 40, output: OUTPUT }),
  });
  const scope = await findSampleScope(db, runId, null);
  if (scope === null) throw new Error('The run is not there.');
  return scope;
}

const PLACE = { itemKey: 'plain', sampleIndex: 0 };

test('a sample tells its kinds of redundancy and where its answer first stood', async () => {
  const scope = await scopeOf({ name: 'seen through' });
  const told = SampleRedundancy.parse(await describeSample(db, scope, PLACE, reader));
  const counts = Object.fromEntries(told.kinds.map(({ id, count }) => [id, count]));
  expect(counts).toMatchObject({ 'reflection-keywords': 2, 'answer-again': 2 });
  for (const { start, end, label, kind } of told.spans) {
    if (kind === 'reflection-keywords') expect(OUTPUT.slice(start, end).toLowerCase()).toBe(label);
  }
  const { answers, tokens, tokenizer, reasons } = told;
  expect({ tokenizer, reasons }).toEqual({ tokenizer: 'o200k', reasons: {} });
  expect(OUTPUT.slice(answers?.first?.start, answers?.first?.end)).toBe('gold-0');
  expect((answers?.first?.tokens ?? 0) + (answers?.afterTokens ?? 0)).toBe(tokens);
  expect(told.parts.map(({ name, start, end }) => [name, OUTPUT.slice(start, end)])).toEqual([
    ['reasoning', REASONING],
    ['answer', 'The answer is gold-0.'],
  ]);
});

test('where a hidden reference answer stands is not told', async () => {
  const scope = await scopeOf({ name: 'kept to itself', hasHiddenGold: true });
  const told = await describeSample(db, scope, PLACE, reader);
  expect(told.answers).toBeNull();
  expect(told.reasons.answers).toContain('hidden');
  expect(told.kinds.map(({ id }) => id)).not.toContain('answer-again');
});

test('a run of hidden traces is neither counted nor searched', async () => {
  const scope = await scopeOf({ name: 'summaries' });
  await db.pool.query(`update run set trace_visibility = 'summary' where id = $1`, [scope.runId]);
  const summarised = (await findSampleScope(db, scope.runId, null)) ?? scope;
  const told = await describeSample(db, summarised, PLACE, reader);
  expect(told).toMatchObject({ tokenizer: null, tokens: null, answers: null });
  expect(Object.keys(told.reasons).sort()).toEqual(['answers', 'tokens']);
});

test('a sample that is not there is not found', async () => {
  const scope = await scopeOf({ name: 'short' });
  await expect(
    describeSample(db, scope, { itemKey: 'plain', sampleIndex: 9 }, reader),
  ).rejects.toMatchObject({ code: 'not_found' });
});
