import { gzipSync } from 'node:zlib';
import { withTransaction, type Db } from '#lib/db/client.ts';
import { enqueue } from '#lib/db/queue.ts';
import { createStoredSubmission } from '#lib/db/stored-submission.ts';
import { createToken } from '#lib/db/tokens.ts';
import type { BlobStore } from '#lib/ingest/blob-store.ts';
import { fileParts } from '#lib/ingest/file-parts.ts';
import { runWorker, type RunningWorker } from '#lib/jobs/run-worker.ts';
import { SubmissionHeader } from '#lib/schemas/submission.ts';

export interface PipelineBooks {
  state: string;
  received_rows: number;
  stored_rows: number;
  rejected_rows: number;
  dead_rows: number;
  attempts: number;
  failure: { code: string; message: string } | null;
  warnings: Record<string, number>;
  run_id: string | null;
}

/** Addition problems with their golds: right, wrong and unanswered in a fixed pattern. */
export function additionRow(index: number, sample = 0): Record<string, unknown> {
  const sum = index + 7;
  const said =
    index % 5 === 4
      ? 'I can not say.'
      : `So it is \\boxed{${String(index % 3 === 2 ? sum + 1 : sum)}}.`;
  return {
    item_key: `add-${String(index)}`,
    sample_index: sample,
    prompt: `What is ${String(index)} + 7?`,
    gold: String(sum),
    output: `<think>Wait, ${String(index)} and 7.</think>${said}`,
    finish_reason: 'stop',
  };
}

export function toJsonl(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** A file on its way into the pipeline, as the API would have stored it. */
export async function submitText(
  db: Db,
  blobs: BlobStore,
  file: { text: string; header: Partial<SubmissionHeader>; tokenId?: string; name?: string },
): Promise<string> {
  const stored = await blobs.put(toStream(gzipSync(file.text)));
  const tokenId = file.tokenId ?? (await createToken(db, { name: 'test', scopes: ['submit'] })).id;
  const header = SubmissionHeader.parse({
    benchmark: 'additions',
    model: 'test-model',
    ...file.header,
  });
  return withTransaction(db, async (session) => {
    const submissionId = await createStoredSubmission(session, {
      ownerTokenId: tokenId,
      header,
      fileName: file.name ?? 'results.jsonl.gz',
      file: stored,
    });
    await enqueue(session, [
      { kind: 'ingest-submission', payload: { submissionId }, maxAttempts: 3 },
    ]);
    return submissionId;
  });
}

async function* toStream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

export async function booksOf(db: Db, id: string): Promise<PipelineBooks> {
  const { rows } = await db.pool.query<PipelineBooks>(
    `select s.state, s.received_rows, s.stored_rows, s.rejected_rows, s.dead_rows, s.attempts, s.failure, s.warnings,
            r.id as run_id
     from submission s left join run r on r.submission_id = s.id where s.id = $1`,
    [id],
  );
  const [books] = rows;
  if (books === undefined) throw new Error(`There is no submission ${id}.`);
  return books;
}

/** Waits until the submission has ended, while somebody else does the work. */
export async function untilEnded(db: Db, id: string, seconds = 120): Promise<PipelineBooks> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const books = await booksOf(db, id);
    if (['done', 'failed', 'cancelled'].includes(books.state)) return books;
    if (Date.now() > deadline)
      throw new Error(`The submission is still ${books.state} after ${String(seconds)} s.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A worker in this process; a report of it, which no test expects, goes to stderr. */
export async function startTestWorker(db: Db, blobs: BlobStore): Promise<RunningWorker> {
  return runWorker({
    db,
    blobs,
    parts: fileParts(),
    concurrency: 2,
    log: (message) => process.stderr.write(`worker: ${message}\n`),
  });
}
