/**
 * The board at the API with 1,000 runs: first with 8 thousand attempts, then with 8 million, in one database and run.
 *
 *   node tests/bench/board.ts [attempts a run of the large case, default 8000] [requests, default 200]
 *
 * Attempts and scores are generated straight into the tables; summaries hold what the workers would have stored. Every
 * request goes over HTTP to a production server. "changed" touches a summary before each request, so that nothing can be
 * answered from memory; "unchanged" is what readers see between two results.
 */
import { spawn } from 'node:child_process';
import http from 'node:http';
import { connect, disconnect, withTransaction, type Db } from '#lib/db/client.ts';
import { createBenchmark, finishBenchmark, insertItems } from '#lib/db/declare-benchmark.ts';
import { createRun, findOrCreateMethod, findOrCreateModel } from '#lib/db/declare-run.ts';
import { freePort } from '#lib/db/embedded.ts';
import { writeGrading } from '#lib/db/gradings.ts';
import { writeSummary } from '#lib/db/summaries.ts';
import { ROOT } from '#lib/env.ts';
import { jobKinds } from '#lib/jobs/kinds/index.ts';
import { emptyGrading, gradingViews } from '#lib/leaderboard/grading-plan.ts';
import { addAttempt } from '#lib/leaderboard/run-accumulator.ts';
import { createRunState } from '#lib/leaderboard/run-state.ts';
import { toFigures } from '#lib/leaderboard/to-figures.ts';
import { createRng } from '#lib/rng.ts';
import { buildWeb, isBuildStale } from '../../scripts/build-web.ts';
import { webServerArguments } from '../../scripts/web-server.ts';
import { quantile, withPostgres } from './throwaway-postgres.ts';

const RUNS = 1_000;
const ITEMS = 1_000;

export async function addRuns(db: Db, name: string, attemptsPerRun: number): Promise<string> {
  const rng = createRng('board bench', name);
  return withTransaction(db, async (session) => {
    const benchmark = await createBenchmark(session, {
      name,
      version: 1,
      split: 'test',
      title: name,
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
    const items = Array.from({ length: ITEMS }, (_, position) => ({
      key: `item-${String(position)}`,
      position,
      prompt: null,
      choices: null,
      difficulty: null,
      groups: {},
      gold: '1',
    }));
    await insertItems(session, benchmark.id, items);
    await finishBenchmark(session, { ...benchmark, itemCount: ITEMS });
    for (let index = 0; index < RUNS; index += 1) {
      const method = `method-${String(index % 40)}`;
      const runId = await createRun(session, {
        submissionId: null,
        benchmarkId: benchmark.id,
        modelId: await findOrCreateModel(session, { name: `model-${String(index % 25)}` }),
        methodId: await findOrCreateMethod(session, { name: method }),
        label: `${method}-${String(index)}`,
        family: method,
        isFamilyBase: false,
        params: { target_length: index },
        decoding: { temperature: 0.6 },
        trustLevel: 'scored',
        traceVisibility: 'full',
        visibility: 'public',
        state: 'done',
        citation: null,
        sourceFormat: 'laconic-jsonl',
        ownerTokenId: null,
      });
      await addSummary(session, { runId, attemptsPerRun, rng });
    }
    return benchmark.id;
  });
}

async function addSummary(
  session: Parameters<typeof writeSummary>[0],
  run: { runId: string; attemptsPerRun: number; rng: ReturnType<typeof createRng> },
): Promise<void> {
  const state = createRunState(ITEMS);
  const skill = run.rng.float();
  for (let index = 0; index < run.attemptsPerRun; index += 1) {
    addAttempt(state, {
      itemPosition: index % ITEMS,
      outcome: run.rng.float() < skill ? 'correct' : 'wrong',
      isError: false,
      tokens: Math.round(200 + 8_000 * skill * run.rng.float()),
      reasoningTokens: null,
      answerTokens: null,
      characters: 1_000,
      finishReason: 'stop',
      reflections: run.rng.below(9),
      reportedCorrect: null,
    });
  }
  const { lengthHistogram, ...figures } = toFigures(state, {
    expectedAttempts: run.attemptsPerRun,
  });
  for (const view of gradingViews('math')) {
    const tally = {
      ...emptyGrading(),
      attempts: run.attemptsPerRun,
      accepted: run.rng.below(run.attemptsPerRun + 1),
    };
    await writeGrading(session, run.runId, { view, tally });
  }
  await writeSummary(
    session,
    { runId: run.runId, verifier: 'math', version: 1, policy: 'default' },
    {
      tokenizer: 'o200k',
      state,
      batchesDone: 1,
      batches: 1,
      figures,
      histograms: { lengthHistogram },
    },
  );
}

/** One statement for all runs: the rows that ingest and scoring would have left, without their texts. */
async function addAttempts(db: Db, benchmarkId: string, attemptsPerRun: number): Promise<void> {
  const session = await db.pool.connect();
  try {
    await session.query(`set session_replication_role = replica`);
    await session.query(
      `insert into attempt (run_id, item_key, sample_index, position, item_position, source_row, token_source,
         characters, finish_reason)
       select r.id, 'item-' || n % $2::int, n / $2::int, n, n % $2::int, n + 1, 'unknown', 1000, 'stop'
       from run r, generate_series(0, $3::int - 1) as n where r.benchmark_id = $1`,
      [benchmarkId, ITEMS, attemptsPerRun],
    );
    await session.query(
      `insert into score (run_id, item_key, sample_index, verifier, version, policy, outcome, extracted)
       select run_id, item_key, sample_index, 'math', 1, 'default',
         (case when (position % 3) = 0 then 'wrong' else 'correct' end)::outcome, '1'
       from attempt a join run r on r.id = a.run_id where r.benchmark_id = $1`,
      [benchmarkId],
    );
    await session.query('analyze');
  } finally {
    await session.query(`set session_replication_role = origin`);
    session.release();
  }
}

async function rank(db: Db, benchmarkId: string): Promise<void> {
  const began = performance.now();
  const context = { db, signal: new AbortController().signal, isLastTry: false };
  // The ranking job reads summaries only: it needs neither the blobs nor the threads of a worker.
  await jobKinds
    .get('rank-board')
    .run({ benchmarkId }, context as Parameters<(typeof jobKinds.all)[0]['run']>[1]);
  console.log(`  ranking job: ${(performance.now() - began).toFixed(0)} ms`);
}

async function measure(options: {
  db: Db;
  base: string;
  name: string;
  requests: number;
  isChanged: boolean;
}): Promise<number[]> {
  const url = `${options.base}/api/v1/leaderboard?benchmark=${options.name}`;
  const times: number[] = [];
  for (let request = 0; request < options.requests + 20; request += 1) {
    if (options.isChanged) {
      await options.db.pool.query(
        `update run_summary set updated_at = clock_timestamp() where run_id = (
           select r.id from run r join benchmark b on b.id = r.benchmark_id where b.name = $1 limit 1)`,
        [options.name],
      );
    }
    const began = performance.now();
    await read(url);
    const took = performance.now() - began;
    if (request >= 20) times.push(took);
  }
  return times;
}

const agent = new http.Agent({ keepAlive: true });

/**
 * Until the last byte has come, packed as for every reader. `fetch` would add its own unpacking and the collection of a
 * megabyte of garbage a request in this process, which is four times what the server takes.
 */
async function read(url: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  http
    .get(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      if (response.statusCode !== 200) {
        reject(new Error(`The board answered ${String(response.statusCode)}.`));
      }
      response.on('error', reject).on('end', () => {
        resolve(undefined);
      });
      response.resume();
    })
    .on('error', reject);
  await promise;
}

export async function benchBoard(attemptsPerRun: number, requests: number): Promise<void> {
  if (isBuildStale()) await buildWeb();
  await withPostgres(async (url) => {
    const db = connect(url, 4);
    const port = await freePort();
    const web = spawn(process.execPath, webServerArguments(port), {
      cwd: ROOT,
      env: { ...process.env, DATABASE_URL: url, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const base = `http://127.0.0.1:${String(port)}`;
    try {
      while (
        !(await fetch(`${base}/api/healthz`).then(
          (answer) => answer.ok,
          () => false,
        ))
      ) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const results = new Map<string, { changed: number[]; unchanged: number[] }>();
      for (const [name, attempts] of [
        ['small', 8],
        ['large', attemptsPerRun],
      ] as const) {
        const began = performance.now();
        const benchmarkId = await addRuns(db, name, attempts);
        await addAttempts(db, benchmarkId, attempts);
        const seconds = ((performance.now() - began) / 1000).toFixed(0);
        console.log(
          `board ${name}: ${String(RUNS)} runs, ${String(RUNS * attempts)} attempts (made in ${seconds} s)`,
        );
        await rank(db, benchmarkId);
      }
      // Interleaved, so that a busy machine slows both alike.
      for (const isChanged of [true, false]) {
        for (let round = 0; round < 2; round += 1) {
          for (const name of ['small', 'large']) {
            const times = await measure({ db, base, name, requests: requests / 2, isChanged });
            const entry = results.get(name) ?? { changed: [], unchanged: [] };
            entry[isChanged ? 'changed' : 'unchanged'].push(...times);
            results.set(name, entry);
          }
        }
      }
      for (const kind of ['changed', 'unchanged'] as const) {
        const p95 = (name: string) => quantile(results.get(name)?.[kind] ?? [], 0.95);
        const p50 = (name: string) => quantile(results.get(name)?.[kind] ?? [], 0.5);
        console.log(
          `  ${kind.padEnd(9)} p50 ${p50('large').toFixed(1)} ms, p95 ${p95('large').toFixed(1)} ms (bar 50); p95 with few attempts ${p95('small').toFixed(1)} ms, ratio ${(p95('large') / p95('small')).toFixed(2)} (bar 1.50)`,
        );
      }
    } finally {
      web.kill('SIGTERM');
      await disconnect(db);
    }
  });
}

if (process.argv[1] === import.meta.filename) {
  await benchBoard(Number(process.argv[2] ?? 8_000), Number(process.argv[3] ?? 200));
}
