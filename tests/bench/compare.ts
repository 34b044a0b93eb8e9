/**
 * Comparing two runs of 10,000 items × 8 samples with 10,000 draws, as page and API do: from stored summaries, in the
 * thread that analyses. "first" asks about data nobody asked about before, "cached" asks the same again.
 *
 *   node tests/bench/compare.ts [items, default 10000] [repeats, default 5]
 */
import { connect, disconnect, withTransaction, type Db } from '#lib/db/client.ts';
import { createBenchmark, finishBenchmark, insertItems } from '#lib/db/declare-benchmark.ts';
import { createRun, findOrCreateModel } from '#lib/db/declare-run.ts';
import { writeSummary } from '#lib/db/summaries.ts';
import { compareStoredRuns } from '#lib/jobs/analyse-runs.ts';
import { addAttempt } from '#lib/leaderboard/run-accumulator.ts';
import { createRunState } from '#lib/leaderboard/run-state.ts';
import { toFigures } from '#lib/leaderboard/to-figures.ts';
import { createRng } from '#lib/rng.ts';
import { median, withPostgres } from './throwaway-postgres.ts';

const FIRST_MS = 1000;
const CACHED_MS = 100;
const SAMPLES = 8;
const items = Number(process.argv[2] ?? 10_000);
const repeats = Number(process.argv[3] ?? 5);

async function addRuns(db: Db): Promise<string[]> {
  return withTransaction(db, async (session) => {
    const benchmark = await createBenchmark(session, {
      name: 'compare',
      version: 1,
      split: 'test',
      title: 'compare',
      description: null,
      visibility: 'public',
      verifier: 'math',
      verifierVersion: 1,
      policy: {},
      tokenizer: 'o200k',
      licence: null,
      source: null,
      axis: null,
      ownerTokenId: null,
    });
    await insertItems(
      session,
      benchmark.id,
      Array.from({ length: items }, (_, position) => ({
        key: `item-${String(position)}`,
        position,
        prompt: null,
        choices: null,
        difficulty: null,
        groups: {},
        gold: '1',
      })),
    );
    await finishBenchmark(session, { ...benchmark, itemCount: items });
    const model = await findOrCreateModel(session, { name: 'model' });
    const ids: string[] = [];
    for (const [index, rate] of [0.5, 0.52].entries()) {
      const id = await createRun(session, {
        submissionId: null,
        benchmarkId: benchmark.id,
        modelId: model,
        methodId: null,
        label: `run ${String(index)}`,
        family: null,
        isFamilyBase: false,
        params: {},
        decoding: {},
        trustLevel: 'scored',
        traceVisibility: 'full',
        visibility: 'public',
        state: 'done',
        citation: null,
        sourceFormat: null,
        ownerTokenId: null,
      });
      await session.query(`update run set samples_per_item = $2 where id = $1`, [id, SAMPLES]);
      await addSummary(session, { id, rate });
      ids.push(id);
    }
    return ids;
  });
}

async function addSummary(
  session: Parameters<typeof writeSummary>[0],
  { id, rate }: { id: string; rate: number },
): Promise<void> {
  const rng = createRng('compare bench', id);
  const state = createRunState(items);
  for (let position = 0; position < items * SAMPLES; position += 1) {
    addAttempt(state, {
      itemPosition: Math.floor(position / SAMPLES),
      outcome: rng.float() < rate ? 'correct' : 'wrong',
      isError: false,
      tokens: 200 + rng.below(4000),
      reasoningTokens: null,
      answerTokens: null,
      characters: 100,
      finishReason: 'stop',
      reflections: 1,
      reportedCorrect: null,
    });
  }
  const { lengthHistogram, ...figures } = toFigures(state, { expectedAttempts: items * SAMPLES });
  const key = { runId: id, verifier: 'math', version: 1, policy: 'default' };
  const histograms = { lengthHistogram };
  await writeSummary(session, key, {
    ...{ tokenizer: 'o200k', state, figures, histograms, batchesDone: 1, batches: 1 },
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function measure(url: string): Promise<void> {
  process.env.DATABASE_URL = url;
  const db = connect(url, 4);
  try {
    const runs = await addRuns(db);
    const compare = () => compareStoredRuns(db, { runs, items: 'equal' }, null);
    const cold = await timed(compare);
    const first: number[] = [];
    const cached: number[] = [];
    for (let i = 0; i < repeats; i += 1) {
      await db.pool.query(`update run_summary set updated_at = clock_timestamp()`);
      first.push(await timed(compare));
      cached.push(await timed(compare));
    }
    console.log(`${items} items × ${SAMPLES} samples, 10000 draws`);
    console.log(`  first, thread not started  ${cold.toFixed(0)} ms`);
    report('first', median(first), FIRST_MS);
    report('cached', median(cached), CACHED_MS);
  } finally {
    await disconnect(db);
  }
}

function report(name: string, ms: number, bar: number): void {
  console.log(`  ${name.padEnd(26)} ${ms.toFixed(1)} ms (bar ${bar} ms)`);
  if (!(ms < bar)) process.exitCode = 1;
}

await withPostgres(measure);
process.exit();
