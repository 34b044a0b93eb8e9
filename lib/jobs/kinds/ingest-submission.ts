import { z } from 'zod';
import { withTransaction, type Db } from '#lib/db/client.ts';
import { mayPublish } from '#lib/db/declare-benchmark.ts';
import {
  addRejectedRows,
  failSubmission,
  getSubmissionForIngest,
  moveSubmission,
  noteRowsRead,
  setBooks,
  type SubmissionForIngest,
} from '#lib/db/submissions.ts';
import { AppError } from '#lib/errors.ts';
import { ingestFile } from '#lib/ingest/ingest-file.ts';
import { RefusedFile, toRowFinding } from '#lib/ingest/tally.ts';
import { policyKey } from '#lib/leaderboard/policy-key.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { defineJobKind, type JobContext } from '../job-kind.ts';
import { lengthColumns } from '../length-columns.ts';
import { planScoring } from '../plan-scoring.ts';

const PROGRESS_MS = 500;

/** Turns the raw file of a submission into a run with attempts, and orders their scoring. */
export const ingestSubmission = defineJobKind({
  id: 'ingest-submission',
  payload: z.object({ submissionId: z.uuid() }),
  maxAttempts: 5,
  async run({ submissionId }, context) {
    const submission = await getSubmissionForIngest(context.db.pool, submissionId);
    // A twin was faster, or the submitter cancelled: the file is in or is not wanted.
    if (submission.state !== 'validating') return;
    try {
      await ingest(submission, context);
    } catch (error) {
      if (error instanceof RefusedFile) await refuse(context.db, submissionId, error);
      else if (error instanceof AppError) await fail(context.db, submissionId, error);
      else {
        if (context.isLastTry) await giveUp(context.db, submissionId);
        throw error;
      }
    }
  },
});

async function ingest(submission: SubmissionForIngest, context: JobContext): Promise<void> {
  const { id, header } = submission;
  const isAdmin = await mayPublish(context.db.pool, submission.ownerTokenId);
  let reportedAt = 0;
  await withTransaction(context.db, async (session) => {
    const result = await ingestFile(
      session,
      {
        submissionId: id,
        header,
        fileName: submission.fileName,
        ownerTokenId: submission.ownerTokenId,
        isAdmin,
        open: () => context.blobs.open(submission.rawSha256),
      },
      async (rows) => {
        context.signal.throwIfAborted();
        if (Date.now() - reportedAt < PROGRESS_MS) return;
        reportedAt = Date.now();
        // On a connection of its own: the transaction shows nothing before it commits.
        await noteRowsRead(context.db, id, rows);
      },
    );
    const { benchmark } = result;
    await setBooks(session, id, {
      received: result.received,
      stored: result.received - result.rejected,
      rejected: result.rejected,
      dead: 0,
      attempts: result.attempts,
      warnings: result.warnings,
    });
    await addRejectedRows(session, id, result.findings.map(toRowFinding));
    await planScoring(session, {
      key: {
        runId: result.runId,
        verifier: benchmark.verifier,
        // What judges is the code that is here, also where the board still shows an older version.
        version: verifiers.get(benchmark.verifier).version,
        policy: policyKey(benchmark.policy),
      },
      itemCount: benchmark.itemCount,
      attempts: result.attempts,
      columns: lengthColumns({ ...result, tokenizer: benchmark.tokenizer }, header.traceVisibility),
    });
    await moveSubmission(
      session,
      id,
      { from: ['validating'], to: 'scoring' },
      { format: result.format, formatEvidence: result.evidence },
    );
  });
}

async function refuse(db: Db, id: string, refusal: RefusedFile): Promise<void> {
  await withTransaction(db, async (session) => {
    const { received } = refusal;
    await setBooks(session, id, {
      received,
      stored: 0,
      rejected: received,
      dead: 0,
      attempts: 0,
      warnings: {},
    });
    await addRejectedRows(session, id, refusal.findings.map(toRowFinding));
    await failSubmission(session, id, {
      stage: 'validating',
      code: refusal.code,
      message: refusal.message,
      retryable: false,
    });
  });
}

async function fail(db: Db, id: string, error: AppError): Promise<void> {
  await failSubmission(db, id, {
    stage: 'validating',
    code: error.code,
    message: [error.message, ...error.details.map((detail) => detail.message)].join('\n'),
    retryable: error.status >= 500,
  });
}

async function giveUp(db: Db, id: string): Promise<void> {
  await failSubmission(db, id, {
    stage: 'validating',
    code: 'internal',
    message:
      'The file could not be stored because of a fault on our side. Nothing of it is stored; retry the submission.',
    retryable: true,
  });
}
