import type { z } from 'zod';
import type { Db } from '#lib/db/client.ts';
import type { BlobStore } from '#lib/ingest/blob-store.ts';
import type { ScoringPool } from './scoring-pool.ts';

/** All that a job may touch: nothing is global. */
export interface JobContext {
  db: Db;
  blobs: BlobStore;
  scoring: ScoringPool;
  /** Aborted when the worker is asked to stop. */
  signal: AbortSignal;
  /** This is the last try: a failure now must leave a trace for the user. */
  isLastTry: boolean;
}

/** A worker can die after the work and before its mark, so `run` must be safe to run twice. */
export interface JobKind<Payload = unknown> {
  readonly id: string;
  readonly payload: z.ZodType<Payload>;
  readonly maxAttempts: number;
  run(payload: Payload, context: JobContext): Promise<void>;
}

/** Ties the type of the payload to its schema, and forgets it for the registry. */
export function defineJobKind<Payload>(kind: JobKind<Payload>): JobKind {
  return {
    ...kind,
    run: (payload, context) => kind.run(kind.payload.parse(payload), context),
  };
}
