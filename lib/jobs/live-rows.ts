import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { z } from 'zod';
import { copyAttempts, type NewAttempt } from '#lib/db/attempts.ts';
import { withTransaction, type Db, type Session } from '#lib/db/client.ts';
import {
  findBenchmark,
  getBenchmark,
  mayPublish,
  type KnownBenchmark,
} from '#lib/db/declare-benchmark.ts';
import { finishRun } from '#lib/db/declare-run.ts';
import {
  dropEmptyColumns,
  extendLive,
  findLive,
  getLiveVerdicts,
  openLive,
  sealLive,
  type LiveSubmission,
} from '#lib/db/live-submissions.ts';
import { WrongOffset } from '#lib/db/partial-uploads.ts';
import {
  closeAsDuplicate,
  contentKeyOf,
  findEarlier,
  isSameContent,
  withExpectedRows,
  type Finalized,
} from '#lib/db/submission-intake.ts';
import { addRejectedRows } from '#lib/db/submissions.ts';
import { AppError } from '#lib/errors.ts';
import type { BlobStore, StoredBlob } from '#lib/ingest/blob-store.ts';
import type { FileParts } from '#lib/ingest/file-parts.ts';
import { encodeFrame } from '#lib/ingest/frames.ts';
import {
  beginReading,
  createPlacer,
  keepReading,
  LiveReading,
  takeReading,
} from '#lib/ingest/live-reading.ts';
import { openTarget } from '#lib/ingest/open-target.ts';
import { RefusedFile, toRowFinding, type IngestFinding } from '#lib/ingest/tally.ts';
import type { UnpackedAttempt } from '#lib/ingest/to-attempt.ts';
import { policyKey } from '#lib/leaderboard/policy-key.ts';
import type { FinalizeRequest, RowFinding } from '#lib/schemas/submission.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { lengthColumns } from './length-columns.ts';
import { planClosing, planLiveScoring, planMore } from './plan-scoring.ts';

interface Stores {
  db: Db;
  parts: FileParts;
}

interface Owned {
  id: string;
  ownerTokenId: string;
}

/** Whole lines of a growing file; what stands before `offset` has come already. */
export interface LivePart {
  fileName: string;
  offset: number;
  bytes: Buffer;
}

type LiveRun = LiveSubmission & { run: NonNullable<LiveSubmission['run']> };

/**
 * Takes the next lines of a file that is still written: they are in the run, in the books and on their way to the
 * verifier when this returns, or nothing of them is. What is repeated byte for byte is not taken twice. Returns why rows
 * were rejected; under the strict policy they throw `RefusedFile`, and the submission stays as it was.
 */
export async function appendRows(
  { db, parts }: Stores,
  submission: Owned,
  part: LivePart,
): Promise<RowFinding[]> {
  const { id } = submission;
  const { reading, findings } = await withTransaction(db, async (session) => {
    const live = await openLive(session, id, part.fileName);
    const file = parts.pathOf(live.uploadId);
    const fresh = await withoutRepeated(live, part, file);
    if (fresh.length === 0) return { reading: null, findings: [] };
    requireWholeLines(fresh, live);
    const { run, reading: before } = hasRun(live)
      ? { run: live, reading: await takeReading(session, live, file) }
      : await begin(session, submission, live, fresh);
    const added = await addRows(session, run, before, fresh);
    await parts.write(live.uploadId, live.offset, [fresh]);
    return { reading: before, findings: added };
  });
  // Only now: what a transaction that failed has read must be read again.
  if (reading !== null) keepReading(id, reading);
  return findings.map(toRowFinding);
}

async function addRows(
  session: Session,
  live: LiveRun,
  reading: LiveReading,
  bytes: Buffer,
): Promise<IngestFinding[]> {
  const { placer } = reading;
  const known = placer.tally.findings.length;
  const attempts: NewAttempt[] = [];
  for await (const attempt of reading.read(once(bytes))) attempts.push(packed(attempt));
  const { received, rejected, findings, isRefused, tokenSource, warnings } = placer.tally;
  const added = findings.slice(known);
  if (isRefused) throw refusal(live, { received, findings: added });

  if (attempts.length > 0) await copyAttempts(session, live.run.id, attempts);
  await addRejectedRows(session, live.id, added.map(toRowFinding));
  await extendLive(
    session,
    { ...live, offset: reading.offset, received, rejected, attempts: reading.attempts },
    { format: reading.format.importer.id, evidence: reading.format.evidence, warnings },
  );
  await finishRun(session, {
    id: live.run.id,
    benchmarkId: live.run.benchmarkId,
    attempts: reading.attempts,
    samplesPerItem: Math.max(1, placer.catalogue.samplesPerItem),
    tokenSource,
  });
  const key = await getLiveVerdicts(session, live.run.id);
  await planMore(session, key, { from: live.attempts, to: reading.attempts });
  return added;
}

/** The run of the first rows. Its benchmark is there already: of a file that grows nobody knows the items yet. */
async function begin(
  session: Session,
  submission: Owned,
  live: LiveSubmission,
  bytes: Buffer,
): Promise<{ run: LiveRun; reading: LiveReading }> {
  const { header } = live;
  await requireKnown(session, header);
  const { format, sample } = await beginReading(live, once(bytes));
  const { benchmark, runId } = await openTarget(
    session,
    {
      submissionId: live.id,
      header: { ...header, declare: false },
      fileName: live.fileName,
      ownerTokenId: submission.ownerTokenId,
      isAdmin: await mayPublish(session, submission.ownerTokenId),
    },
    format,
    { sample, state: 'live' },
  );
  await planLiveScoring(session, {
    key: {
      runId,
      verifier: benchmark.verifier,
      version: verifiers.get(benchmark.verifier).version,
      policy: policyKey(benchmark.policy),
    },
    itemCount: benchmark.itemCount,
    columns: columnsOf(benchmark, header, { hasText: true, hasReportedTokens: true }),
  });
  const placer = await createPlacer(session, live, { format, benchmarkId: benchmark.id });
  return {
    run: { ...live, run: { id: runId, benchmarkId: benchmark.id } },
    reading: new LiveReading(format, placer),
  };
}

function columnsOf(
  { tokenizer }: KnownBenchmark,
  header: LiveSubmission['header'],
  facts: { hasText: boolean; hasReportedTokens: boolean },
): string[] {
  return lengthColumns({ ...facts, tokenizer }, header.traceVisibility);
}

async function requireKnown(session: Session, header: LiveSubmission['header']): Promise<void> {
  if (header.extend) {
    throw new AppError(
      'invalid_input',
      'Rows that are sent while the evaluation runs can not extend a benchmark: send the file when it is complete.',
    );
  }
  const { benchmark: name, split } = header;
  if ((await findBenchmark(session, { name, split })) !== null) return;
  throw new AppError(
    'not_found',
    `There is no benchmark "${name}" with split "${split}", and rows that are sent while the evaluation runs can not declare one. Make it first with laconic benchmark import, or send the file when it is complete.`,
  );
}

/**
 * The submission takes no more rows: the file is kept as it arrived, and the figures become final. Repeating it changes
 * nothing.
 */
export async function closeLive(
  { db, blobs, parts }: Stores & { blobs: BlobStore },
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
      const benchmark = await getBenchmark(session, live.run.benchmarkId);
      await dropEmptyColumns(session, live.run.id, (facts) => columnsOf(benchmark, header, facts));
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

/** The bytes that are new. Those that came before must be the same; else `WrongOffset` says where the file ends. */
async function withoutRepeated(
  { offset }: LiveSubmission,
  part: LivePart,
  file: string,
): Promise<Buffer> {
  if (part.offset === offset) return part.bytes;
  if (part.offset > offset) throw new WrongOffset(offset);
  const repeated = part.bytes.subarray(0, offset - part.offset);
  const arrived = Buffer.alloc(repeated.length);
  const handle = await open(file);
  try {
    await handle.read(arrived, 0, arrived.length, part.offset);
  } finally {
    await handle.close();
  }
  if (!arrived.equals(repeated)) throw new WrongOffset(offset);
  return part.bytes.subarray(repeated.length);
}

function requireWholeLines(bytes: Buffer, { offset }: LiveSubmission): void {
  if (bytes.at(-1) === 0x0a) return;
  throw new AppError(
    'invalid_input',
    `Only whole lines are taken, and the last one has no newline: send ${String(bytes.lastIndexOf(0x0a) + 1)} bytes from byte ${String(offset)}, and the rest when it is written.`,
  );
}

function refusal(
  live: LiveSubmission,
  { received, findings }: { received: number; findings: readonly IngestFinding[] },
): RefusedFile {
  return new RefusedFile(
    `${String(findings.length)} of ${String(received - live.received)} rows can not be stored, and the strict row policy takes none of them; mend them and send them again from byte ${String(live.offset)}, or begin with the lenient policy.`,
    { received, findings },
  );
}

function packed({ texts, ...attempt }: UnpackedAttempt & { position: number }): NewAttempt {
  return {
    ...attempt,
    output: encodeFrame(texts.output),
    reasoning: encodeFrame(texts.reasoning),
    answer: encodeFrame(texts.answer),
  };
}

function hasRun(live: LiveSubmission): live is LiveRun {
  return live.run !== null;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
