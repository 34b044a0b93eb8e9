import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { listQueueDepths } from '#lib/db/workers.ts';
import { refuseMethodsBut } from '#lib/http/other-methods.ts';
import { route } from '#lib/http/route.ts';

export const dynamic = 'force-dynamic';

/** Ready when the database answers and the queue is there; otherwise 503 with Retry-After. */
export const GET = route({
  summary: 'Readiness: database and queue',
  response: z.object({ status: z.literal('ready'), waitingJobs: z.int() }),
  async handle() {
    const depths = await listQueueDepths(db());
    const waitingJobs = depths.reduce((sum, { waiting }) => sum + waiting, 0);
    return { status: 'ready' as const, waitingJobs };
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethodsBut('GET');
