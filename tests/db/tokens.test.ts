import { randomUUIDv7 } from 'node:crypto';
import { expect, test } from 'vitest';
import { listAuditLog } from '#lib/db/audit.ts';
import { createSetupLink, openSetupLink, readSetupLink } from '#lib/db/setup-links.ts';
import { createTokenSecret, isTokenSecret } from '#lib/db/token-secret.ts';
import {
  createToken,
  findViewerById,
  findViewerBySecret,
  listTokens,
  revokeToken,
} from '#lib/db/tokens.ts';
import { enqueue } from '#lib/db/queue.ts';
import {
  deleteWorkers,
  listQueueDepths,
  listWorkers,
  listSilentWorkers,
  noteHeartbeat,
} from '#lib/db/workers.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();

test('a secret has at least 128 bits and a checksum that finds every changed character', () => {
  const secrets = Array.from({ length: 1000 }, createTokenSecret);
  expect(new Set(secrets).size).toBe(1000);
  const secret = secrets[0] ?? '';
  expect(secret).toMatch(/^lac_[0-9A-Za-z]{30}$/);
  expect(24 * Math.log2(62)).toBeGreaterThan(128);
  expect(secrets.every(isTokenSecret)).toBe(true);
  for (let at = 4; at < secret.length; at += 1) {
    const other = secret[at] === 'x' ? 'y' : 'x';
    expect(isTokenSecret(secret.slice(0, at) + other + secret.slice(at + 1))).toBe(false);
  }
});

test('the secret is nowhere in the database', async () => {
  const { token, last4 } = await createToken(db, { name: 'kept', scopes: ['submit', 'submit'] });
  const { rows } = await db.pool.query<{ text: string }>('select t::text as text from api_token t');
  const stored = rows.map(({ text }) => text).join('\n');
  expect(stored).not.toContain(token.slice(4, 24));
  expect(stored).toContain(last4);
  expect((await listTokens(db)).find(({ name }) => name === 'kept')?.scopes).toEqual(['submit']);
});

test('a token works until it is revoked or expires', async () => {
  const created = await createToken(db, { name: 'a', scopes: ['submit'] });
  const viewer = { tokenId: created.id, name: 'a', scopes: ['submit'] };
  expect(await findViewerBySecret(db, created.token)).toEqual(viewer);
  expect(await findViewerById(db, created.id)).toEqual(viewer);
  expect(await findViewerBySecret(db, createTokenSecret())).toBeNull();

  const first = await revokeToken(db, created.id);
  expect(await findViewerBySecret(db, created.token)).toBeNull();
  expect(await findViewerById(db, created.id)).toBeNull();
  expect(await revokeToken(db, created.id)).toEqual(first);
  await expect(revokeToken(db, randomUUIDv7())).rejects.toMatchObject({ code: 'not_found' });

  const old = await createToken(db, {
    name: 'old',
    scopes: ['admin'],
    expiresAt: new Date(Date.now() - 1000),
  });
  expect(await findViewerBySecret(db, old.token)).toBeNull();
});

test('the last use is written at most once a minute', async () => {
  const { id, token } = await createToken(db, { name: 'busy', scopes: ['submit'] });
  const lastUse = async (): Promise<number | undefined> =>
    (
      await db.prisma.apiToken.findUniqueOrThrow({ where: { id }, select: { lastUsedAt: true } })
    ).lastUsedAt?.getTime();
  expect(await lastUse()).toBeUndefined();
  await findViewerBySecret(db, token);
  const first = await lastUse();
  expect(first).toBeDefined();
  await findViewerBySecret(db, token);
  expect(await lastUse()).toBe(first);
  await db.pool.query(
    `update api_token set last_used_at = now() - interval '2 minutes' where id = $1`,
    [id],
  );
  await findViewerBySecret(db, token);
  expect(await lastUse()).toBeGreaterThan(Date.now() - 60_000);
});

test('a setup link makes one admin, also when twenty open it at once', async () => {
  const replaced = await createSetupLink(db);
  const { code } = await createSetupLink(db);
  expect(await readSetupLink(db, replaced.code)).toBe('unknown');
  expect(await readSetupLink(db, 'x')).toBe('unknown');
  expect(await readSetupLink(db, code)).toBe('valid');
  const opened = await Promise.allSettled(
    Array.from({ length: 20 }, () => openSetupLink(db, code)),
  );
  const made = opened.filter((result) => result.status === 'fulfilled');
  expect(made).toHaveLength(1);
  expect(made[0]?.value).toMatchObject({ name: 'first admin' });
  expect(made[0]?.value.scopes).toContain('admin');
  expect(await readSetupLink(db, code)).toBe('used');
  const [entry] = await listAuditLog(db);
  expect(entry).toMatchObject({ action: 'setup.open', actor: 'first admin' });
});

test('an expired setup link opens nothing', async () => {
  const { code } = await createSetupLink(db);
  await db.pool.query(`update setup_link set expires_at = now() - interval '1 second'`);
  expect(await readSetupLink(db, code)).toBe('expired');
  await expect(openSetupLink(db, code)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a silent worker is named until it is deleted, and its jobs are counted', async () => {
  const place = { host: 'h', pid: 1 };
  for (const id of ['w1', 'w2']) await noteHeartbeat(db, { id, ...place });
  expect(await listSilentWorkers(db, 30)).toEqual([]);
  await enqueue(db.pool, [
    { kind: 'a', payload: {} },
    { kind: 'a', payload: {} },
  ]);
  await db.pool.query(
    `update graphile_worker._private_jobs set locked_by = 'w1', locked_at = now()
     where id = (select min(id) from graphile_worker._private_jobs)`,
  );
  expect(await listQueueDepths(db)).toEqual([{ kind: 'a', waiting: 1, running: 1, dead: 0 }]);
  await db.pool.query(
    `update worker set heartbeat_at = now() - interval '31 seconds' where id = 'w1'`,
  );
  expect(await listSilentWorkers(db, 30)).toEqual(['w1']);
  await deleteWorkers(db, ['w1']);
  expect(await listSilentWorkers(db, 30)).toEqual([]);
  expect((await listWorkers(db)).map(({ id }) => id)).toEqual(['w2']);
});
