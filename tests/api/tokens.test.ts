import { expect, test } from 'vitest';
import * as revoke from '#app/api/v1/tokens/[id]/revoke/route.ts';
import * as tokens from '#app/api/v1/tokens/route.ts';
import * as submissions from '#app/api/v1/submissions/route.ts';
import * as session from '#app/admin/session/route.ts';
import * as setup from '#app/setup/open/route.ts';
import { listAuditLog } from '#lib/db/audit.ts';
import { createSetupLink } from '#lib/db/setup-links.ts';
import { createTokenSecret } from '#lib/db/token-secret.ts';
import { createToken } from '#lib/db/tokens.ts';
import { submissionLimit } from '#lib/http/submission-limit.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, HEADER, jsonOf, newKey, type Call } from './requests.ts';

const { db } = await testDatabase();
const admin = await createToken(db, { name: 'admin', scopes: ['admin'] });

const form = (values: Record<string, string>): Call => ({
  method: 'POST',
  body: new URLSearchParams(values),
  headers: { origin: 'http://laconic.test' },
});

function cookieOf(response: Response): string {
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

test('a token is shown once, works, and stops at once when it is revoked', async () => {
  const json = { name: 'ci', scopes: ['submit'], expiresInDays: 30 };
  const created = await call(tokens.POST, { method: 'POST', token: admin.token, json });
  expect(created.status).toBe(201);
  expect(created.headers.get('cache-control')).toBe('private, no-store');
  const { id, token } = await jsonOf(created);
  const list = await (await call(tokens.GET, { token: admin.token })).text();
  expect(list).toContain('"ci"');
  expect(list).not.toContain(String(token));

  const use = (): Promise<Response> => call(submissions.GET, { token: String(token) });
  expect((await use()).status).toBe(200);
  const params = { id: String(id) };
  const revoked = await call(revoke.POST, { method: 'POST', token: admin.token, params });
  expect((await jsonOf(revoked)).revokedAt).not.toBeNull();
  const after = await use();
  expect(after.status).toBe(401);
  expect(after.headers.get('www-authenticate')).toContain('Bearer');
  const actions = (await listAuditLog(db)).map(({ action, actor }) => `${actor ?? ''} ${action}`);
  expect(actions).toEqual(['admin token.revoke', 'admin token.create']);
});

test('the first-start link signs a browser in once', async () => {
  const { code } = await createSetupLink(db);
  const open = (): Promise<Response> => call(setup.POST, form({ code }));
  const crossSite = form({ code });
  crossSite.headers = { 'sec-fetch-site': 'cross-site', origin: 'http://evil.test' };
  expect((await call(setup.POST, crossSite)).status).toBe(403);

  const opened = await open();
  expect(opened.status).toBe(303);
  const attributes = opened.headers.get('set-cookie') ?? '';
  expect(attributes).toMatch(/HttpOnly/);
  expect(attributes).toMatch(/SameSite=Lax/);
  expect(attributes).not.toContain('lac_');
  const again = await open();
  expect(again.status).toBe(303);
  expect(again.headers.get('location')).toContain('/setup');
  expect(again.headers.get('set-cookie')).toBeNull();

  const cookie = cookieOf(opened);
  expect((await call(tokens.GET, { headers: { cookie } })).status).toBe(200);
  const forged = cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  expect((await call(tokens.GET, { headers: { cookie: forged } })).status).toBe(401);
});

test('a pasted token signs in and out', async () => {
  const signedIn = await call(session.POST, form({ token: admin.token }));
  expect(signedIn.status).toBe(303);
  const cookie = cookieOf(signedIn);
  expect(cookie).not.toContain(admin.token.slice(4));
  expect((await call(tokens.GET, { headers: { cookie } })).status).toBe(200);

  const wrong = await call(session.POST, form({ token: createTokenSecret() }));
  expect(wrong.headers.get('location')).toContain('/admin?');
  expect(wrong.headers.get('set-cookie')).toBeNull();
  const out = await call(session.POST, form({ 'sign-out': '1' }));
  expect(out.headers.get('set-cookie')).toContain('Max-Age=0');
});

test('a cookie changes nothing from another site, and reads from anywhere', async () => {
  const cookie = cookieOf(await call(session.POST, form({ token: admin.token })));
  const json = { name: 'csrf', scopes: ['admin'] };
  const post = (headers: Record<string, string>): Promise<Response> =>
    call(tokens.POST, { method: 'POST', json, headers: { cookie, ...headers } });
  for (const headers of [
    {},
    { origin: 'http://evil.test' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://laconic.test' },
    { 'sec-fetch-site': 'none' },
  ]) {
    expect((await post(headers)).status, JSON.stringify(headers)).toBe(403);
  }
  expect((await post({ 'sec-fetch-site': 'same-origin' })).status).toBe(201);
  expect((await post({ origin: 'http://laconic.test' })).status).toBe(201);
});

test('many wrong tokens are slowed down and a right one is not', async () => {
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  const statuses: number[] = [];
  for (let i = 0; i < 35; i += 1) {
    const response = await call(tokens.GET, { token: createTokenSecret(), headers });
    statuses.push(response.status);
    if (response.status === 429)
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(statuses.slice(0, 30)).toEqual(Array<number>(30).fill(401));
  expect(statuses.slice(31)).toEqual(Array<number>(4).fill(429));
  expect((await call(tokens.GET, { token: admin.token, headers })).status).toBe(200);
});

test('ten times the rate of submissions is refused with the time to wait', async () => {
  const { token } = await createToken(db, { name: 'loop', scopes: ['submit'] });
  const post = (): Promise<Response> =>
    call(submissions.POST, { method: 'POST', token, headers: newKey(), json: HEADER });
  const started = Date.now();
  const statuses: number[] = [];
  for (let i = 0; i < submissionLimit.limit * 2; i += 1) statuses.push((await post()).status);
  const seconds = (Date.now() - started) / 1000;
  const admitted = statuses.filter((status) => status === 201).length;
  const refilled = (seconds * submissionLimit.limit) / submissionLimit.windowSeconds;
  expect(admitted).toBeGreaterThanOrEqual(submissionLimit.limit);
  expect(admitted).toBeLessThanOrEqual(submissionLimit.limit + Math.ceil(refilled));
  const refused = await post();
  expect(await jsonOf(refused)).toMatchObject({ status: 429, code: 'too_many_requests' });
  expect(refused.headers.get('retry-after')).toBe('1');
});
