import { createReadStream } from 'node:fs';
import type { z } from 'zod';
import { withTransaction, type Db } from '#lib/db/client.ts';
import { getBenchmark } from '#lib/db/declare-benchmark.ts';
import {
  dropEmptyColumns,
  findLive,
  getLiveVerdicts,
  sealLive,
  hasRun,
  type LiveSubmission,
} from '#lib/db/live-submissions.ts';
import {
  closeAsDuplicate,
  contentKeyOf,
  findEarlier,
  isSameContent,
  withExpectedRows,
  type Finalized,
} from '#lib/db/submission-intake.ts';
import { AppError } from '#lib/errors.ts';
import type { BlobStore, StoredBlob } from '#lib/ingest/blob-store.ts';
import type { FileParts } from '#lib/ingest/file-parts.ts';
import type { FinalizeRequest } from '#lib/schemas/submission.ts';
import { lengthColumns } from './length-columns.ts';
import { planClosing } from './plan-scoring.ts';

interface Stores {
  db: Db;
  blobs: BlobStore;
  parts: FileParts;
}

interface Owned {
  id: string;
  ownerTokenId: string;
}

/**
 * The submission takes no more rows: the file is kept as it arrived, and the figures become final. Repeating it changes
 * nothing.
 */
export async function closeLive(
  { db, blobs, parts }: Stores,
  submission: Owned,
  request: z.infer<typeof FinalizeRequest>,
): Promise<Finalized> {
  const live = await findLive(db.pool, submission.id);
  if (live === null || !hasRun(live)) {
    throw new AppError('conflict', 'The submission takes no rows any more, or has none yet.');
  }
  requireClosable(live, request);
  const header = withExpectedRows(live.header, request.rows);
  const end = live.offset - 1;
  const arrived = createReadStream(parts.pathOf(live.uploadId), { end, highWaterMark: 1 << 20 });
  const blob = await blobs.put(arrived, (found) => requireSent(found, request));
  const contentKey = contentKeyOf({ ...submission, header }, blob.sha256);
  try {
    await withTransaction(db, async (session) => {
      await sealLive(session, live, { sha256: blob.sha256, header, contentKey });
      const { tokenizer } = await getBenchmark(session, live.run.benchmarkId);
      await dropEmptyColumns(session, live.run.id, (facts) =>
        lengthColumns({ ...facts, tokenizer }, header.traceVisibility),
      );
      await planClosing(session, await getLiveVerdicts(session, live.run.id), live.attempts);
    });
  } catch (error) {
    if (!isSameContent(error)) throw error;
    const earlier = await findEarlier(db, submission, { header, rawSha256: blob.sha256 });
    const file = { name: live.fileName, ...blob };
    await closeAsDuplicate(db, live.id, file, earlier.id);
    return earlier;
  }
  await parts.delete(live.uploadId);
  return { kind: 'accepted' };
}

function requireClosable(
  live: LiveSubmission,
  { bytes, rows }: z.infer<typeof FinalizeRequest>,
): void {
  if (bytes !== live.offset) {
    throw new AppError(
      'length_mismatch',
      `${String(live.offset)} bytes have arrived and not ${String(bytes)}: send the rest, then close.`,
      { details: [{ pointer: '/bytes', code: 'length_mismatch', message: 'is another length' }] },
    );
  }
  const expected = rows ?? live.header.expected.rows;
  if (expected !== undefined && expected !== live.received) {
    throw new AppError(
      'length_mismatch',
      `${String(live.received)} rows have arrived, and ${String(expected)} were announced.`,
      { details: [{ pointer: '/rows', code: 'rows_mismatch', message: 'is another number' }] },
    );
  }
  if (live.attempts > 0) return;
  throw new AppError(
    'unprocessable',
    `No row of ${live.fileName} is stored: there is nothing to close. Send better rows, or cancel the submission.`,
  );
}

function requireSent({ sha256 }: StoredBlob, request: { sha256: string }): void {
  if (sha256 === request.sha256) return;
  throw new AppError(
    'length_mismatch',
    `What arrived has the SHA-256 ${sha256} and not ${request.sha256}: the file was changed after its beginning had been sent. Cancel this submission and send the file as it is now.`,
    { details: [{ pointer: '/sha256', code: 'hash_mismatch', message: 'is another hash' }] },
  );
}
