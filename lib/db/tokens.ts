import { z } from 'zod';
import { AppError } from '#lib/errors.ts';
import { Scope, type ApiToken, type CreatedToken } from '#lib/schemas/token.ts';
import type { Db } from './client.ts';
import { queryableOf, type Queryable } from './submissions.ts';
import { createTokenSecret, hashSecret, isTokenSecret } from './token-secret.ts';
import { uuidv7 } from './uuid.ts';

/** Who asks: a token that is valid right now. */
export interface Viewer {
  tokenId: string;
  name: string;
  scopes: readonly Scope[];
}

const COLUMNS = `id, name, last4, scopes, created_at as "createdAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt"`;

const Time = z.date().transform((date) => date.toISOString());
const TokenRow = z.object({
  id: z.uuid(),
  name: z.string(),
  last4: z.string(),
  scopes: z.array(Scope),
  createdAt: Time,
  expiresAt: Time.nullable(),
  lastUsedAt: Time.nullable(),
  revokedAt: Time.nullable(),
});

/** Makes a token; its secret is in the result and nowhere else. */
export async function createToken(
  target: Db | Queryable,
  token: { name: string; scopes: readonly Scope[]; expiresAt?: Date },
): Promise<CreatedToken> {
  const secret = createTokenSecret();
  const { rows } = await queryableOf(target).query(
    `insert into api_token (id, name, hash, last4, scopes, expires_at)
     values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
    [
      uuidv7(),
      token.name,
      hashSecret(secret),
      secret.slice(-4),
      [...new Set(token.scopes)],
      token.expiresAt ?? null,
    ],
  );
  return { ...TokenRow.parse(rows[0]), token: secret };
}

/** The newest first. */
export async function listTokens(db: Db, limit = 200): Promise<ApiToken[]> {
  const { rows } = await db.pool.query(
    `select ${COLUMNS} from api_token order by created_at desc, id desc limit $1`,
    [limit],
  );
  return z.array(TokenRow).parse(rows);
}

/** Effective with the next request. Revoking twice keeps the first time. */
export async function revokeToken(target: Db | Queryable, id: string): Promise<ApiToken> {
  const { rows } = await queryableOf(target).query(
    `update api_token set revoked_at = coalesce(revoked_at, now()) where id = $1 returning ${COLUMNS}`,
    [id],
  );
  const [token] = z.array(TokenRow).parse(rows);
  if (token === undefined) throw new AppError('not_found', `There is no token ${id}.`);
  return token;
}

/** Null when the secret is wrong, expired or revoked. */
export async function findViewerBySecret(db: Db, secret: string): Promise<Viewer | null> {
  if (!isTokenSecret(secret)) return null;
  return findViewer(db, 'hash', hashSecret(secret));
}

/** For a browser session, which holds the id of its token. */
export async function findViewerById(db: Db, tokenId: string): Promise<Viewer | null> {
  return findViewer(db, 'id', tokenId);
}

const ViewerRow = z.object({
  tokenId: z.uuid(),
  name: z.string(),
  scopes: z.array(Scope),
  isStale: z.boolean(),
});

async function findViewer(db: Db, column: 'hash' | 'id', value: string): Promise<Viewer | null> {
  const { rows } = await db.pool.query(
    `select id as "tokenId", name, scopes,
            last_used_at is null or last_used_at < now() - interval '1 minute' as "isStale"
     from api_token
     where ${column} = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
    [value],
  );
  const [found] = z.array(ViewerRow).parse(rows);
  if (found === undefined) return null;
  const { isStale, ...viewer } = found;
  if (isStale) await noteUse(db, viewer.tokenId);
  return viewer;
}

/** A write a request would make the token's row the busiest of the database, so a minute is exact enough. */
async function noteUse(db: Db, tokenId: string): Promise<void> {
  await db.pool.query(
    `update api_token set last_used_at = now()
     where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [tokenId],
  );
}
