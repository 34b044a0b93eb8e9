import { open } from 'node:fs/promises';
import { copyAttempts, type NewAttempt } from '#lib/db/attempts.ts';
import { withTransaction, type Db, type Session } from '#lib/db/client.ts';
import { findBenchmark, mayPublish } from '#lib/db/declare-benchmark.ts';
import { finishRun } from '#lib/db/declare-run.ts';
import {
  extendLive,
  getLiveVerdicts,
  openLive,
  hasRun,
  type LiveRun,
  type LiveSubmission,
} from '#lib/db/live-submissions.ts';
import { WrongOffset } from '#lib/db/partial-uploads.ts';
import { addRejectedRows } from '#lib/db/submissions.ts';
import { AppError } from '#lib/errors.ts';
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
import type { RowFinding } from '#lib/schemas/submission.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { lengthColumns } from './length-columns.ts';
import { planLiveScoring, planMore } from './plan-scoring.ts';

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
    columns: lengthColumns(
      { hasText: true, hasReportedTokens: true, tokenizer: benchmark.tokenizer },
      header.traceVisibility,
    ),
  });
  const placer = await createPlacer(session, live, { format, benchmarkId: benchmark.id });
  return {
    run: { ...live, run: { id: runId, benchmarkId: benchmark.id } },
    reading: new LiveReading(format, placer),
  };
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

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
