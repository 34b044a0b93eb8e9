import { z } from 'zod';
import type { Db } from './client.ts';
import { queryableOf, type Queryable } from './submissions.ts';
import { uuidv7 } from './uuid.ts';

export type AuditAction =
  | 'access.refuse'
  | 'benchmark.import'
  | 'benchmark.pin'
  | 'benchmark.publish'
  | 'benchmark.unlist'
  | 'run.recount'
  | 'run.rescore'
  | 'setup.open'
  | 'submission.cancel'
  | 'submission.delete'
  | 'submission.publish'
  | 'submission.retry'
  | 'submission.withdraw'
  | 'token.create'
  | 'token.revoke';

export interface AuditEntry {
  actorTokenId: string | null;
  action: AuditAction;
  /** The id, or the address, of what it was done to. */
  subject: string;
  detail?: Readonly<Record<string, unknown>>;
}

/** In the transaction of what it records, so that neither exists without the other. */
export async function addAudit(target: Db | Queryable, entry: AuditEntry): Promise<void> {
  await queryableOf(target).query(
    'insert into audit_log (id, actor_token_id, action, subject, detail) values ($1, $2, $3, $4, $5)',
    [
      uuidv7(),
      entry.actorTokenId,
      entry.action,
      entry.subject,
      entry.detail === undefined ? null : JSON.stringify(entry.detail),
    ],
  );
}

const AuditRow = z.object({
  id: z.uuid(),
  at: z.date(),
  actor: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  detail: z.unknown(),
});
export type AuditRow = z.infer<typeof AuditRow>;

/** The newest first. */
export async function listAuditLog(db: Db, limit = 100): Promise<AuditRow[]> {
  const { rows } = await db.pool.query(
    `select a.id, a.at, t.name as actor, a.action, a.subject, a.detail
     from audit_log a left join api_token t on t.id = a.actor_token_id
     order by a.at desc, a.id desc limit $1`,
    [limit],
  );
  return z.array(AuditRow).parse(rows);
}
