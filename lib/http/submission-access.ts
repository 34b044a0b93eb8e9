import { db } from '#lib/db/client.ts';
import type { Action } from '#lib/db/submission-actions.ts';
import { findSubmission } from '#lib/db/submission-view.ts';
import type { Viewer } from '#lib/db/tokens.ts';
import { AppError } from '#lib/errors.ts';
import type { Submission } from '#lib/schemas/submission.ts';
import { hasScope } from './auth.ts';

/** The owner, an admin, and a token that may read private things; to all others it is not there. */
export async function getReadableSubmission(who: Viewer, id: string): Promise<Submission> {
  const found = await findSubmission(db(), id);
  if (found === null) throw missing(id, false);
  if (found.ownerTokenId === who.tokenId || hasScope(who, 'read:private')) return found.submission;
  throw missing(id, true);
}

/** The owner and an admin; the result names both for the audit log. */
export async function getOwnAction(who: Viewer, id: string): Promise<Action> {
  const found = await findSubmission(db(), id);
  if (found === null) throw missing(id, false);
  const { ownerTokenId } = found;
  if (ownerTokenId !== who.tokenId && !hasScope(who, 'admin')) throw missing(id, true);
  return { submissionId: id, ownerTokenId, actorTokenId: who.tokenId };
}

function missing(id: string, isHiding: boolean): AppError {
  return new AppError('not_found', `There is no submission ${id}.`, { isHiding });
}
