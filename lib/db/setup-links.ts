import { AppError } from '#lib/errors.ts';
import type { CreatedToken } from '#lib/schemas/token.ts';
import { addAudit } from './audit.ts';
import { withTransaction, type Db } from './client.ts';
import { hashSecret, randomText } from './token-secret.ts';
import { createToken } from './tokens.ts';

const LIFETIME_DAYS = 7;
const CODE = /^[0-9A-Za-z]{24}$/;

/** A one-time code that makes an admin of whoever opens it; only its hash is stored. Older unused ones end. */
export async function createSetupLink(db: Db): Promise<{ code: string; expiresAt: Date }> {
  const code = randomText(24);
  const expiresAt = new Date(Date.now() + LIFETIME_DAYS * 86_400_000);
  await withTransaction(db, async (session) => {
    await session.query('delete from setup_link where used_at is null');
    await session.query('insert into setup_link (hash, expires_at) values ($1, $2)', [
      hashSecret(code),
      expiresAt,
    ]);
  });
  return { code, expiresAt };
}

export type SetupLinkState = 'valid' | 'used' | 'expired' | 'unknown';

export async function readSetupLink(db: Db, code: string): Promise<SetupLinkState> {
  if (!CODE.test(code)) return 'unknown';
  const link = await db.prisma.setupLink.findUnique({
    where: { hash: hashSecret(code) },
    select: { usedAt: true, expiresAt: true },
  });
  if (link === null) return 'unknown';
  if (link.usedAt !== null) return 'used';
  return link.expiresAt > new Date() ? 'valid' : 'expired';
}

/** Uses the code up and makes the first admin. Of two who open one link the second is refused. */
export async function openSetupLink(db: Db, code: string): Promise<CreatedToken> {
  return withTransaction(db, async (session) => {
    const { rowCount } = await session.query(
      `update setup_link set used_at = now()
       where hash = $1 and used_at is null and expires_at > now()`,
      [hashSecret(code)],
    );
    if (rowCount !== 1) {
      throw new AppError(
        'forbidden',
        'This link was used already, has expired or is not complete.',
      );
    }
    const token = await createToken(session, {
      name: 'first admin',
      scopes: ['admin', 'submit', 'read:private'],
    });
    await addAudit(session, { actorTokenId: token.id, action: 'setup.open', subject: token.id });
    return token;
  });
}
