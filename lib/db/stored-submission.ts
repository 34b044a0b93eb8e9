import type { SubmissionHeader } from '#lib/schemas/submission.ts';
import type { Session } from './client.ts';
import { SUBMISSION_STATES } from './submission-states.ts';
import { uuidv7 } from './uuid.ts';

/** A submission whose file is in the blob store already, ready to be validated; returns its id. */
export async function createStoredSubmission(
  session: Session,
  submission: {
    ownerTokenId: string;
    header: SubmissionHeader;
    fileName: string;
    file: { sha256: string; bytes: number };
  },
): Promise<string> {
  const { file, header } = submission;
  await session.query(
    `insert into raw_file (sha256, bytes) values ($1, $2) on conflict (sha256) do nothing`,
    [file.sha256, file.bytes],
  );
  const id = uuidv7();
  await session.query(
    `insert into submission (id, state, header, row_policy, owner_token_id, raw_sha256, file_name, deadline)
     values ($1, 'validating', $2, $3, $4, $5, $6, now() + make_interval(mins => $7::int))`,
    [
      id,
      JSON.stringify(header),
      header.rowPolicy,
      submission.ownerTokenId,
      file.sha256,
      submission.fileName,
      SUBMISSION_STATES.validating.deadlineMinutes,
    ],
  );
  return id;
}
