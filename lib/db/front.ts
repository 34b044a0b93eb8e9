import { z } from 'zod';
import type { FrontReference } from '#lib/leaderboard/hypervolume.ts';
import type { Db } from './client.ts';

const Axis = z.object({
  referenceTokens: z.number().positive(),
  referenceAccuracy: z.number().min(0).max(1),
});

/** The corner that a benchmark version states for its hypervolumes; null when it states none. */
export async function readFrontAxis(db: Db, benchmarkId: string): Promise<FrontReference | null> {
  const { rows } = await db.pool.query<{ axis: unknown }>(
    'select axis from benchmark where id::text = $1',
    [benchmarkId],
  );
  const axis = Axis.safeParse(rows[0]?.axis);
  return axis.success
    ? { tokens: axis.data.referenceTokens, accuracy: axis.data.referenceAccuracy }
    : null;
}

/** Which of the runs do not show their reasoning in full. The caller has checked who may see them. */
export async function listHiddenTraces(
  db: Db,
  runIds: readonly string[],
): Promise<Map<string, 'hidden' | 'summary'>> {
  const { rows } = await db.pool.query<{ id: string; seen: 'hidden' | 'summary' }>(
    `select id, trace_visibility as seen from run
     where id = any($1::uuid[]) and trace_visibility in ('hidden', 'summary')`,
    [runIds],
  );
  return new Map(rows.map(({ id, seen }) => [id, seen]));
}
