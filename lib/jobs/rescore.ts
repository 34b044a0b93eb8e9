import { addAudit } from '#lib/db/audit.ts';
import { findReadableBenchmark } from '#lib/db/benchmarks.ts';
import { withTransaction, type Db } from '#lib/db/client.ts';
import {
  listBenchmarksToRescore,
  listPinnedScores,
  listRunsToRescore,
  lockRescoring,
  type BenchmarkToRescore,
  type RunToRescore,
  type VerdictSetKey,
} from '#lib/db/rescoring.ts';
import { attemptKey, loadAttempts } from '#lib/db/scoring.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import { AppError } from '#lib/errors.ts';
import { decodeFrame } from '#lib/ingest/frames.ts';
import { verifyBatch } from '#lib/judge/verify-batch.ts';
import { policyKey } from '#lib/leaderboard/policy-key.ts';
import type { Flip, RescorePlan, RescoreRequest } from '#lib/schemas/rescore.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { parsePolicy } from '#lib/verifiers/parse-policy.ts';
import { responseText } from './attempt-measure.ts';
import { planScoring } from './plan-scoring.ts';

/** Enough to see what changes, few enough that a request can wait for it. */
const DRY_RUN_ATTEMPTS = 600;
const BLOCK = 20;

/** `math` or `math@3`; throws `invalid_input` when this server has no such verifier or another version of it. */
export function readVerifierName(name: string): { verifier: string; version: number } {
  const [verifier = '', wanted] = name.split('@');
  if (!verifiers.has(verifier)) {
    const known = verifiers.all.map(({ id }) => id).join(', ');
    throw invalid('/verifier', `There is no verifier "${verifier}". Known: ${known}.`);
  }
  const { version } = verifiers.get(verifier);
  if (wanted !== undefined && Number(wanted) !== version) {
    throw invalid(
      '/verifier',
      `This server has ${verifier}@${String(version)}, not ${name}: verdicts of another version can only be made by the release that has it.`,
    );
  }
  return { verifier, version };
}

/** The policy in its canonical form; throws `invalid_input` when it does not fit the verifier. */
export function readPolicy(
  verifier: string,
  policy: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  parsePolicy(verifiers.get(verifier), policy);
  return policy;
}

interface Target {
  benchmark: BenchmarkToRescore;
  set: VerdictSetKey;
  policy: Readonly<Record<string, unknown>>;
}

/**
 * Orders new verdicts over stored outputs beside the old ones; boards stay pinned. What has these verdicts is left
 * alone, so an order may be repeated. A dry run judges a sample instead and stores nothing.
 */
export async function rescore(
  db: Db,
  request: RescoreRequest,
  viewer: NonNullable<Viewer>,
): Promise<RescorePlan> {
  const { verifier, version } = readVerifierName(request.verifier);
  const targets = await findTargets(db, request, viewer, { verifier, version });
  const only = request.runs ?? null;
  const plan: RescorePlan = { verifier, version, benchmarks: [], sample: null };
  const open: { target: Target; run: RunToRescore }[] = [];
  for (const target of targets) {
    const { benchmark, set } = target;
    const runs = request.dryRun
      ? await listRunsToRescore(db.pool, { benchmarkId: benchmark.id, set, only })
      : await order(db, target, { only, actorTokenId: viewer.tokenId });
    const planned = runs.filter(({ hasVerdicts }) => !hasVerdicts);
    open.push(...planned.map((run) => ({ target, run })));
    plan.benchmarks.push({
      benchmarkId: benchmark.id,
      name: benchmark.name,
      policy: set.policy,
      runs: planned.length,
      attempts: planned.reduce((sum, { attempts }) => sum + attempts, 0),
      skipped: runs.length - planned.length,
    });
  }
  if (request.dryRun) plan.sample = await judgeSample(db, open);
  return plan;
}

async function findTargets(
  db: Db,
  request: RescoreRequest,
  viewer: Viewer,
  { verifier, version }: { verifier: string; version: number },
): Promise<Target[]> {
  let benchmarkId: string | null = null;
  if (request.benchmark !== undefined) {
    const found = await findReadableBenchmark(
      db,
      { benchmark: request.benchmark, split: null },
      viewer,
    );
    if (found === null)
      throw new AppError('not_found', `There is no benchmark "${request.benchmark}".`);
    benchmarkId = found.id;
  }
  const benchmarks = await listBenchmarksToRescore(db, { verifier, benchmarkId });
  return benchmarks.map((benchmark) => {
    const policy = readPolicy(verifier, request.policy ?? benchmark.policy);
    return { benchmark, policy, set: { verifier, version, policy: policyKey(policy) } };
  });
}

async function order(
  db: Db,
  { benchmark, set }: Target,
  { only, actorTokenId }: { only: readonly string[] | null; actorTokenId: string | null },
): Promise<RunToRescore[]> {
  return withTransaction(db, async (session) => {
    await lockRescoring(session, benchmark.id);
    const runs = await listRunsToRescore(session, { benchmarkId: benchmark.id, set, only });
    const planned = runs.filter(({ hasVerdicts }) => !hasVerdicts);
    for (const run of planned) {
      await planScoring(session, {
        key: { runId: run.id, ...set },
        itemCount: benchmark.itemCount,
        attempts: run.attempts,
        columns: run.columns,
      });
    }
    if (planned.length > 0) {
      await addAudit(session, {
        actorTokenId,
        action: 'run.rescore',
        subject: benchmark.id,
        detail: { ...set, runs: planned.length },
      });
    }
    return runs;
  });
}

/** Judges blocks spread evenly over the runs. */
async function judgeSample(
  db: Db,
  open: readonly { target: Target; run: RunToRescore }[],
): Promise<NonNullable<RescorePlan['sample']>> {
  const attempts = open.reduce((sum, { run }) => sum + run.attempts, 0);
  let judged = 0;
  const flips: Flip[] = [];
  for (const { target, run } of open) {
    const share = Math.max(BLOCK, Math.floor((DRY_RUN_ATTEMPTS * run.attempts) / attempts));
    for (const from of blockStarts(run.attempts, share)) {
      if (judged >= DRY_RUN_ATTEMPTS) break;
      const block = await judgeBlock(db, { target, run, from });
      judged += block.judged;
      flips.push(...block.flips);
    }
  }
  return { judged, attempts, flips };
}

function blockStarts(attempts: number, share: number): number[] {
  const blocks = Math.max(1, Math.floor(Math.min(attempts, share) / BLOCK));
  return Array.from({ length: blocks }, (_, index) => Math.floor((index * attempts) / blocks));
}

async function judgeBlock(
  db: Db,
  { target, run, from }: { target: Target; run: RunToRescore; from: number },
): Promise<{ judged: number; flips: Flip[] }> {
  const range = { runId: run.id, benchmarkId: target.benchmark.id, from, to: from + BLOCK };
  const [attempts, before] = await Promise.all([
    loadAttempts(db, range),
    listPinnedScores(db, range),
  ]);
  const judgeable = attempts.filter(({ gold }) => gold !== null);
  if (judgeable.length === 0) return { judged: 0, flips: [] };
  const { results } = await verifyBatch({
    verifier: target.set.verifier,
    policy: { ...target.policy },
    explain: false,
    items: judgeable.map((attempt) => ({
      response: responseText({
        output: decodeFrame(attempt.output),
        reasoning: decodeFrame(attempt.reasoning),
        answer: decodeFrame(attempt.answer),
      }),
      gold: attempt.gold ?? '',
      question: attempt.question,
      choices: attempt.choices,
      isTruncated: attempt.finishReason === 'length',
    })),
  });
  const flips = judgeable.flatMap((attempt, index): Flip[] => {
    const after = results[index];
    const earlier = before.get(attemptKey(attempt.itemKey, attempt.sampleIndex));
    if (after === undefined || earlier === undefined || earlier.outcome === after.status) return [];
    return [
      {
        runId: run.id,
        label: run.label,
        itemKey: attempt.itemKey,
        sampleIndex: attempt.sampleIndex,
        before: earlier,
        after: { outcome: after.status, extracted: after.extracted, reason: after.reason },
      },
    ];
  });
  return { judged: judgeable.length, flips };
}

function invalid(pointer: string, message: string): AppError {
  return new AppError('invalid_input', message, {
    details: [{ pointer, code: 'unknown', message }],
  });
}
