import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { addAudit, type AuditAction } from './audit.ts';
import { withTransaction, type Db, type Session } from './client.ts';
import { orderRankingOfSubmission } from './ranking.ts';
import { OPEN_STATES } from './submission-states.ts';
import { retrySubmission } from './submission-intake.ts';
import { moveSubmission } from './submissions.ts';

export interface Action {
  submissionId: string;
  ownerTokenId: string;
  /** Who does it: the owner or an admin. */
  actorTokenId: string;
}

/** Stops an open submission; rows that are stored already are hidden with their run. */
export async function cancelSubmission(db: Db, action: Action): Promise<void> {
  await withTransaction(db, async (session) => {
    await moveSubmission(
      session,
      action.submissionId,
      { from: OPEN_STATES, to: 'cancelled' },
      { contentKey: null },
    );
    await setRun(session, action, "state = 'withdrawn'");
    await audit(session, action, 'submission.cancel');
  });
}

/** Takes a finished submission off every page; its rows stay until an admin deletes them. */
export async function withdrawSubmission(db: Db, action: Action): Promise<void> {
  await withTransaction(db, async (session) => {
    await moveSubmission(
      session,
      action.submissionId,
      { from: ['done', 'failed'], to: 'withdrawn' },
      { contentKey: null },
    );
    await setRun(session, action, "state = 'withdrawn'");
    await orderRankingOfSubmission(session, action.submissionId);
    await audit(session, action, 'submission.withdraw');
  });
}

/** Shows the run of a finished submission to everybody. */
export async function publishSubmission(db: Db, action: Action): Promise<void> {
  await withTransaction(db, async (session) => {
    await moveSubmission(session, action.submissionId, { from: ['done'], to: 'done' });
    await setRun(session, action, "visibility = 'public'");
    await orderRankingOfSubmission(session, action.submissionId);
    await session.query(
      `update submission set header = jsonb_set(header, '{visibility}', '"public"') where id = $1`,
      [action.submissionId],
    );
    await audit(session, action, 'submission.publish');
  });
}

/** Sends what failed for a passing reason through the pipeline again. */
export async function retryFailedSubmission(db: Db, action: Action): Promise<void> {
  const submission = { id: action.submissionId, ownerTokenId: action.ownerTokenId };
  await retrySubmission(db, submission, (session) => audit(session, action, 'submission.retry'));
}

/**
 * Deletes the submission, its run and every row of it; the audit log stays. Returns the hash of its raw file, which
 * other submissions may still need.
 */
export async function deleteSubmission(
  db: Db,
  action: Omit<Action, 'ownerTokenId'>,
): Promise<string | null> {
  return withTransaction(db, async (session) => {
    await orderRankingOfSubmission(session, action.submissionId);
    await session.query('delete from run where submission_id = $1', [action.submissionId]);
    const { rows } = await session.query(
      'delete from submission where id = $1 returning raw_sha256 as sha256',
      [action.submissionId],
    );
    const [deleted] = z.array(z.object({ sha256: z.string().nullable() })).parse(rows);
    if (deleted === undefined) {
      throw new AppError('not_found', `There is no submission ${action.submissionId}.`);
    }
    await audit(session, action, 'submission.delete');
    return deleted.sha256;
  });
}

/** The assignment is ours, never a user's. */
async function setRun(session: Session, action: Action, assignment: string): Promise<void> {
  await session.query(`update run set ${assignment} where submission_id = $1`, [
    action.submissionId,
  ]);
}

async function audit(
  session: Session,
  { actorTokenId, submissionId }: Pick<Action, 'actorTokenId' | 'submissionId'>,
  action: AuditAction,
): Promise<void> {
  await addAudit(session, { actorTokenId, action, subject: submissionId });
}
