import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#lib/errors.ts';
import { LiveRows, Submission, type SubmissionHeader } from '#lib/schemas/submission.ts';
import type { Connection } from '../client/connection.ts';
import type { Progress } from '../client/progress.ts';
import { request, RETRY_POLICY, type RetryPolicy } from '../client/request.ts';
import { isFinal } from '../client/submissions.ts';
import { GrowingFile } from './growing-file.ts';
import { pause } from './watch-folder.ts';

export interface FollowTimes {
  everyMs: number;
  /** Closes when nothing was written for this long; null: never. */
  idleMs: number | null;
  /** Between two tries while the server is away. */
  awayMs: number;
}

interface Following {
  progress: Progress;
  times: FollowTimes;
  /** A file whose appearance says that all is written. */
  until: string | null;
  /** Says that nothing more comes: what is written is sent, and the submission is closed. */
  signal: AbortSignal;
  policy?: RetryPolicy;
}

const MAX_EARLIER_TRIES = 50;

/**
 * Sends the lines of a file while they are written, and closes the submission at the end. How far it is the server knows:
 * a command that was killed and is given again goes on there.
 */
export async function followFile(
  connection: Connection,
  { file: name, header }: { file: string; header: SubmissionHeader },
  options: Following,
): Promise<Submission> {
  const { progress, policy = RETRY_POLICY } = options;
  const file = new GrowingFile(name);
  const api = new LiveApi(connection, { ...policy, onWait: progress.note });
  const first = await waitForFirstLine(file, options);
  const found = await api.open(header, first);
  if (found.state !== 'draft' && found.state !== 'live') {
    progress.note('The submission of this file is closed already.');
    return requireSame(found, file);
  }
  const { offset } = await api.where(found.id);
  if (offset > 0) progress.note(`The server has ${String(offset)} bytes of the file: going on.`);
  const sent = await sendLines(api, { id: found.id, file, offset }, options);
  const sha256 = await file.sha256(sent);
  return api.close(found.id, { bytes: sent, sha256 });
}

async function waitForFirstLine(file: GrowingFile, options: Following): Promise<string> {
  const { times, signal, progress } = options;
  for (let isTold = false; ; isTold = true) {
    const isOver = await isEnded(options, performance.now());
    const line = await file.firstLine();
    if (line !== null) return line;
    if (isOver) throw new AppError('invalid_input', `${file.path} has no whole line yet.`);
    if (!isTold) progress.note(`Waiting for the first line of ${file.path}.`);
    await pause(times.everyMs, signal);
  }
}

/** Sends until the end; returns how many bytes the server has. */
async function sendLines(
  api: LiveApi,
  { id, file, offset: from }: { id: string; file: GrowingFile; offset: number },
  options: Following,
): Promise<number> {
  const { progress, times, signal } = options;
  let offset = from;
  let grownAt = performance.now();
  const send = async (bytes: Buffer): Promise<void> => {
    const answer = await sendOnce(api, { id, file, offset, bytes }, options);
    offset = answer.offset;
    progress.following({ ...answer, position: null });
  };
  for (;;) {
    // Before the file is read: what was written before the end is then seen.
    const isOver = await isEnded(options, grownAt);
    const bytes = await file.linesFrom(offset);
    if (bytes.length > 0) {
      await send(bytes);
      grownAt = performance.now();
    } else if (isOver) {
      break;
    } else {
      await pause(times.everyMs, signal);
    }
  }
  const last = await file.lastLine(offset);
  if (last.isCut) progress.note('The last line is not written to its end and is left out.');
  if (last.bytes.length > 0) await send(last.bytes);
  return offset;
}

/** Waits for a server that is away; goes on where the server is when somebody else has sent lines too. */
async function sendOnce(
  api: LiveApi,
  part: { id: string; file: GrowingFile; offset: number; bytes: Buffer },
  { progress, times, signal }: Following,
): Promise<LiveRows> {
  for (;;) {
    try {
      return await api.append(part);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'conflict') {
        const now = await api.where(part.id);
        if (now.state === 'live' && now.offset !== part.offset) return now;
        throw error;
      }
      if (!PASSING.has(error.code)) throw error;
      // The file stays: what is not sent now can be sent later.
      if (signal.aborted) throw error;
      progress.note(`${error.message} Trying again in ${String(times.awayMs / 1000)} s.`);
      await pause(times.awayMs, signal);
    }
  }
}

/** Refusals that say nothing about the rows. */
const PASSING: ReadonlySet<string> = new Set([
  'unavailable',
  'too_many_requests',
  'request_timeout',
  'insufficient_storage',
]);

async function isEnded(
  { times: { idleMs }, until, signal }: Following,
  grownAt: number,
): Promise<boolean> {
  if (signal.aborted) return true;
  if (idleMs !== null && performance.now() - grownAt >= idleMs) return true;
  return until !== null && (await stat(until).catch(() => null)) !== null;
}

/** The same bytes give the same submission; a file that has grown after the closing is another one. */
async function requireSame(closed: Submission, file: GrowingFile): Promise<Submission> {
  const { bytes = 0, sha256 = null } = closed.file ?? {};
  const more = await file.linesFrom(bytes);
  if (more.length === 0 && (await file.sha256(bytes)) === sha256) return closed;
  throw new AppError(
    'conflict',
    `${file.path} was closed with ${String(bytes)} bytes, as submission ${closed.id}, and is another file now: send it as a whole with laconic submit.`,
  );
}

/** The requests of a live submission, each of which may be repeated. */
class LiveApi {
  private readonly connection: Connection;
  private readonly retry: RetryPolicy;

  constructor(connection: Connection, retry: RetryPolicy) {
    this.connection = connection;
    this.retry = retry;
  }

  /** That of this header and first line; one that failed or was cancelled is begun anew. */
  async open(header: SubmissionHeader, firstLine: string): Promise<Submission> {
    for (let earlier = 0; earlier < MAX_EARLIER_TRIES; earlier += 1) {
      const key = createHash('sha256')
        .update(JSON.stringify(['follow', header, firstLine, earlier]))
        .digest('hex');
      const found = await request(
        this.connection,
        {
          method: 'POST',
          path: '/api/v1/submissions',
          headers: { 'idempotency-key': `cli-${key}` },
          json: header,
        },
        Submission,
        this.retry,
      );
      if (!isFinal(found) || found.state === 'done') return found;
    }
    throw new AppError(
      'conflict',
      `This file with this header failed ${String(MAX_EARLIER_TRIES)} times: change the header.`,
    );
  }

  where(id: string): Promise<LiveRows> {
    const path = `/api/v1/submissions/${id}/samples`;
    return request(this.connection, { method: 'GET', path }, LiveRows, this.retry);
  }

  append(part: {
    id: string;
    file: GrowingFile;
    offset: number;
    bytes: Buffer;
  }): Promise<LiveRows> {
    const name = path.basename(part.file.path).replace(/[^\w.@+-]+/g, '_');
    return request(
      this.connection,
      {
        method: 'POST',
        path: `/api/v1/submissions/${part.id}/samples?name=${encodeURIComponent(name.slice(-150))}`,
        headers: {
          'content-type': 'application/x-ndjson',
          'upload-offset': String(part.offset),
        },
        body: () => new Blob([Uint8Array.from(part.bytes)]).stream(),
      },
      LiveRows,
      this.retry,
    );
  }

  close(id: string, file: { bytes: number; sha256: string }): Promise<Submission> {
    const path = `/api/v1/submissions/${id}/finalize`;
    return request(this.connection, { method: 'POST', path, json: file }, Submission, this.retry);
  }
}
