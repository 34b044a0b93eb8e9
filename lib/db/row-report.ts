import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import type { RowReport } from '#lib/schemas/submission.ts';
import type { Db } from './client.ts';

const Rejected = z.object({
  row: z.int(),
  ordinal: z.int(),
  line: z.int().nullable(),
  byteOffset: z.coerce.number().nullable(),
  pointer: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
});
const Dead = z.object({ row: z.int(), stage: z.string(), reason: z.string(), tries: z.int() });

/** The last row that was shown: rejected rows come first, then the dead ones. */
const CURSOR = /^(?<kind>[rd])(?<row>\d{1,10})\.(?<ordinal>\d{1,10})$/;

interface Place {
  kind: 'r' | 'd';
  row: number;
  ordinal: number;
}

/** One page of the rows that are not stored, in the order of the file. */
export async function listRowReport(
  db: Db,
  page: { submissionId: string; cursor: string | null; limit: number },
): Promise<Pick<RowReport, 'rejected' | 'dead' | 'nextCursor'>> {
  const after = parseCursor(page.cursor);
  const rejected = after.kind === 'r' ? await listRejected(db, page, after) : [];
  const shownRejected = rejected.slice(0, page.limit);
  const room = page.limit - shownRejected.length;
  const dead = await listDead(db, page.submissionId, {
    after: after.kind === 'd' ? after.row : 0,
    limit: room + 1,
  });
  const shownDead = dead.slice(0, room);

  const lastRejected = shownRejected.at(-1);
  const lastDead = shownDead.at(-1);
  let nextCursor: string | null = null;
  if (rejected.length > page.limit && lastRejected !== undefined) {
    nextCursor = `r${lastRejected.row}.${lastRejected.ordinal}`;
  } else if (dead.length > room) {
    nextCursor = `d${lastDead?.row ?? 0}.0`;
  }
  return {
    rejected: shownRejected.map(({ ordinal: _ordinal, ...finding }) => finding),
    dead: shownDead,
    nextCursor,
  };
}

function parseCursor(cursor: string | null): Place {
  if (cursor === null) return { kind: 'r', row: 0, ordinal: 0 };
  const parts = CURSOR.exec(cursor)?.groups;
  if (parts === undefined) throw new AppError('invalid_input', 'The cursor is not one of ours.');
  const kind = parts.kind === 'd' ? 'd' : 'r';
  return { kind, row: Number(parts.row), ordinal: Number(parts.ordinal) };
}

async function listRejected(
  db: Db,
  page: { submissionId: string; limit: number },
  after: Place,
): Promise<z.infer<typeof Rejected>[]> {
  const { rows } = await db.pool.query(
    `select row, ordinal, line, byte_offset as "byteOffset", pointer, code, message, hint
     from rejected_row where submission_id = $1 and (row, ordinal) > ($2::bigint, $3::bigint)
     order by row, ordinal limit $4`,
    [page.submissionId, after.row, after.ordinal, page.limit + 1],
  );
  return z.array(Rejected).parse(rows);
}

async function listDead(
  db: Db,
  submissionId: string,
  page: { after: number; limit: number },
): Promise<z.infer<typeof Dead>[]> {
  const { rows } = await db.pool.query(
    `select row, stage, reason, tries from dead_row
     where submission_id = $1 and row > $2::bigint order by row limit $3`,
    [submissionId, page.after, page.limit],
  );
  return z.array(Dead).parse(rows);
}
