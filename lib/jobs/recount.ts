import { addAudit } from '#lib/db/audit.ts';
import { findReadableBenchmark } from '#lib/db/benchmarks.ts';
import { withTransaction, type Db } from '#lib/db/client.ts';
import { listRunsToRecount, orderRecount, type RunToRecount } from '#lib/db/recounting.ts';
import type { Viewer } from '#lib/db/visibility.ts';
import { AppError } from '#lib/errors.ts';
import type { RecountPlan, RecountRequest } from '#lib/schemas/recount.ts';
import { knownTokenizers } from '#lib/known-tokenizers.ts';

/**
 * Orders a further length column for stored texts, beside those that are there. Runs that have it are left alone, so an
 * order may be repeated; a tokenizer of a newer version counts anew. Throws `invalid_input` and `not_found`.
 */
export async function recount(
  db: Db,
  request: RecountRequest,
  viewer: NonNullable<Viewer>,
): Promise<RecountPlan> {
  const known = knownTokenizers();
  if (!known.has(request.tokenizer)) {
    const ids = known.all.map(({ id }) => id).join(', ');
    const message = `There is no tokenizer "${request.tokenizer}". Known: ${ids}.`;
    throw new AppError('invalid_input', message, {
      details: [{ pointer: '/tokenizer', code: 'unknown_tokenizer', message }],
    });
  }
  const { id: tokenizer, version } = known.get(request.tokenizer);
  const runs = await findRuns(db, request, { tokenizer, version }, viewer);
  const plan: RecountPlan = { tokenizer, version, runs: [], skipped: [] };
  for (const run of runs) {
    const { id: runId, label, benchmarkId, attempts } = run;
    const reason = whySkipped(run);
    if (reason === null) plan.runs.push({ runId, label, benchmarkId, attempts });
    else plan.skipped.push({ runId, label, reason });
  }
  if (request.dryRun || plan.runs.length === 0) return plan;
  await withTransaction(db, async (session) => {
    for (const { runId } of plan.runs) await orderRecount(session, { runId, tokenizer, version });
    await addAudit(session, {
      actorTokenId: viewer.tokenId,
      action: 'run.recount',
      subject: plan.runs.length === 1 ? (plan.runs[0]?.runId ?? '') : (request.benchmark ?? 'runs'),
      detail: { tokenizer, version, runs: plan.runs.length },
    });
  });
  return plan;
}

async function findRuns(
  db: Db,
  { benchmark, runs: only }: RecountRequest,
  counter: { tokenizer: string; version: number },
  viewer: Viewer,
): Promise<RunToRecount[]> {
  const found =
    benchmark === undefined
      ? null
      : await findReadableBenchmark(db, { benchmark, split: null }, viewer);
  if (benchmark !== undefined && found === null)
    throw new AppError('not_found', `There is no benchmark "${benchmark}".`);
  const scope = { benchmarkId: found?.id ?? null, only: only ?? null, ...counter };
  const runs = await listRunsToRecount(db, scope, viewer);
  const missing = only?.find((id) => !runs.some((run) => run.id === id));
  if (missing !== undefined) throw new AppError('not_found', `There is no run ${missing} here.`);
  return runs;
}

/** What is shown of a hidden trace is not what was written, and a published figure has no text. */
function whySkipped(run: RunToRecount): string | null {
  if (run.isReported || run.attempts === 0) return 'It is a published figure: there are no texts.';
  if (run.traceVisibility === 'hidden' || run.traceVisibility === 'summary')
    return 'Its reasoning is not shown in full: a count of the visible text would not be its length.';
  return run.hasCounts ? 'It has these counts already.' : null;
}
