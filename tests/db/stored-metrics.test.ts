import { expect, test } from 'vitest';
import { getAnalysableRuns, loadAnalysedRun } from '#lib/db/analysis.ts';
import { saveBehaviours, type BehaviourLabel } from '#lib/db/behaviour-labels.ts';
import { listItemSums } from '#lib/db/series.ts';
import { readStoredMetrics, saveStoredMetrics } from '#lib/db/stored-metrics.ts';
import { reportStoredRun } from '#lib/jobs/analyse-metrics.ts';
import { addBenchmark, addScoredRun, ITEM_KEYS } from './reading-fixture.ts';
import { testDatabase } from '../setup/database.ts';

const { db } = await testDatabase();
const benchmarkId = await addBenchmark(db, { name: 'kept' });
const runId = await addScoredRun(db, {
  ...{ benchmarkId, label: 'kept', samples: 1 },
  attemptOf: (position) => ({
    outcome: position < 3 ? 'correct' : 'wrong',
    tokens: 100 + position,
  }),
});

async function report() {
  const [run] = await getAnalysableRuns(db, { ids: [runId] }, null);
  return reportStoredRun(db, { run: run!, base: null });
}

async function stored(): Promise<Record<string, { stamp: string; value: unknown }> | null> {
  const { rows } = await db.pool.query<{ metrics: Record<string, never> | null }>(
    `select metrics from run_summary where run_id = $1`,
    [runId],
  );
  return rows[0]?.metrics ?? null;
}

test('a report is stored with its summary and read from there, also where nothing is left to compute it from', async () => {
  const first = await report();
  const kept = await stored();
  expect(kept?.['avg-at-k@1']).toMatchObject({ value: { value: 0.6 } });
  expect(Object.keys(kept ?? {}).length).toBe(first.metrics.length + 1);
  await db.pool.query(`update score set outcome = 'wrong' where run_id = $1`, [runId]);
  // The summary did not change, so that nothing is computed again.
  expect(await report()).toEqual(first);
  await db.pool.query(
    `update score set outcome = 'correct' where run_id = $1 and item_key = any($2)`,
    [runId, ITEM_KEYS.slice(0, 3)],
  );
});

test('only a metric of another version is computed again', async () => {
  const first = await report();
  const kept = (await stored()) ?? {};
  const { 'clip-ratio@1': gone, ...rest } = kept;
  expect(gone).toBeDefined();
  const marked = {
    ...rest,
    'clip-ratio@0': gone,
    'mean-tokens@1': { ...rest['mean-tokens@1'], value: { marked: true } },
    'avg-at-k@1': { ...rest['avg-at-k@1'], stamp: 'of another report' },
  };
  await db.pool.query(`update run_summary set metrics = $2 where run_id = $1`, [
    runId,
    JSON.stringify(marked),
  ]);
  const again = await report();
  const of = (found: typeof first, id: string) => found.metrics.find(({ metric }) => metric === id);
  expect(of(again, 'clip-ratio')).toEqual(of(first, 'clip-ratio'));
  expect(of(again, 'avg-at-k')).toEqual(of(first, 'avg-at-k'));
  expect(again.metrics).toContainEqual(expect.objectContaining({ marked: true }));
  expect(await stored()).toHaveProperty('clip-ratio@1');
});

test('labels of behaviours make new metrics of the run', async () => {
  const labels = ITEM_KEYS.slice(0, 4).map((itemKey, index): BehaviourLabel => ({
    ...{ itemKey, sampleIndex: 0 },
    counts: index === 3 ? null : index === 0 ? {} : { verification: index },
  }));
  await saveBehaviours(db, { runId, source: 'a person' }, labels);
  expect(await stored()).toBeNull();
  const found = (await report()).metrics.find(({ label }) => label.includes('verification'));
  // Three labels could be read, two of them show it; what could not be read counts nowhere.
  expect(found?.label).toBe('Responses with verification, labelled by a person');
  expect(found?.value).toBeCloseTo(2 / 3, 12);
});

test('what a newer summary has replaced is not stored', async () => {
  const [run] = await getAnalysableRuns(db, { ids: [runId] }, null);
  await db.pool.query(`update run_summary set metrics = null where run_id = $1`, [runId]);
  const before = await readStoredMetrics(db, run!);
  await db.pool.query(`update run_summary set updated_at = clock_timestamp() where run_id = $1`, [
    runId,
  ]);
  await saveStoredMetrics(db, run!, { ...before, known: { a: { stamp: 's', value: 1 } } });
  expect(await stored()).toBeNull();
});

test('counts of an older version of the tokenizer do not double the attempts', async () => {
  const [run] = await getAnalysableRuns(db, { ids: [runId] }, null);
  const before = await loadAnalysedRun(db, run!);
  const sums = await listItemSums(db, { runIds: [runId], column: run!.column });
  await db.pool.query(
    `insert into token_count (run_id, item_key, sample_index, tokenizer, version, output, reasoning, answer)
     select run_id, item_key, sample_index, tokenizer, version - 1, 1, 1, 1 from token_count
     where run_id = $1 and tokenizer = $2`,
    [runId, run!.column],
  );
  expect((await loadAnalysedRun(db, run!)).samples).toEqual(before.samples);
  expect(await listItemSums(db, { runIds: [runId], column: run!.column })).toEqual(sums);
});
