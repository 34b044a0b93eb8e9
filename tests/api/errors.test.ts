import { createServer } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import * as readiness from '#app/api/readyz/route.ts';
import { listAuditLog } from '#lib/db/audit.ts';
import { createToken } from '#lib/db/tokens.ts';
import { AppError, ERROR_CODES, type ErrorCode } from '#lib/errors.ts';
import { MAX_JSON_BYTES } from '#lib/http/body.ts';
import { route } from '#lib/http/route.ts';
import { Problem } from '#lib/schemas/problem.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, jsonOf } from './requests.ts';

const { db, url } = await testDatabase();
const { token } = await createToken(db, { name: 'someone', scopes: ['submit'] });

afterEach(() => {
  process.env.DATABASE_URL = url;
  restoreStderr();
});

let restoreStderr: () => void = () => undefined;

function silenceStderr(): string[] {
  const written: string[] = [];
  const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  restoreStderr = () => spy.mockRestore();
  return written;
}

const failing = (error: Error) => route({ response: null, handle: () => Promise.reject(error) });

test.each(Object.keys(ERROR_CODES) as ErrorCode[])(
  '%s becomes its status as a problem',
  async (code) => {
    silenceStderr();
    const details = Array.from({ length: 150 }, (_, line) => ({ line, code: 'x', message: 'y' }));
    const response = await call(failing(new AppError(code, 'Why it failed.', { details })), {
      path: '/api/v1/some?q=1',
    });
    expect(response.status).toBe(ERROR_CODES[code].status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const problem = Problem.parse(await response.json());
    expect(problem).toMatchObject({ code, detail: 'Why it failed.', instance: '/api/v1/some' });
    expect(problem.errors).toHaveLength(100);
    expect(problem.request_id).toBe(response.headers.get('x-request-id'));
  },
);

test('an unknown error tells nothing of our inside, and is logged under its id', async () => {
  const written = silenceStderr();
  const secret = new Error(`select * from gold; at ${process.cwd()}/lib/x.ts lac_secret`);
  const response = await call(failing(secret));
  const body = await response.text();
  expect(response.status).toBe(500);
  for (const word of ['select', process.cwd(), 'lac_', 'at ']) expect(body).not.toContain(word);
  expect(written.join('')).toContain(response.headers.get('x-request-id') ?? 'none');
  expect(written.join('')).toContain('select * from gold');
});

test('an answer that does not fit its schema is our fault and does not leave', async () => {
  silenceStderr();
  const leaking = route({
    response: z.strictObject({ id: z.string() }),
    handle: () => Promise.resolve({ id: 'a', hash: 'b' } as { id: string }),
  });
  const response = await call(leaking);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('hash');
});

test('a database that is away is 503 with the time to try again', async () => {
  silenceStderr();
  process.env.DATABASE_URL = 'postgresql://nobody:x@127.0.0.1:9/none';
  const refused = await call(readiness.GET);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.text()).not.toMatch(/127\.0\.0\.1|ECONN|nobody/);

  const hangsUp = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => hangsUp.listen(0, '127.0.0.1', resolve));
  const address = hangsUp.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  process.env.DATABASE_URL = `postgresql://nobody:x@127.0.0.1:${port}/none`;
  expect((await call(readiness.GET, { token })).status).toBe(503);
  await new Promise((resolve) => hangsUp.close(resolve));
  process.env.DATABASE_URL = url;
  expect(await jsonOf(await call(readiness.GET))).toMatchObject({ status: 'ready' });
});

const echo = route({
  query: z.strictObject({ limit: z.coerce.number().int().max(10).default(1) }),
  body: z.strictObject({ a: z.strictObject({ 'b/c': z.string() }) }),
  response: z.object({ limit: z.number() }),
  handle: ({ query }) => Promise.resolve({ limit: query.limit }),
});
const post = (body: string, path = '/x', type = 'application/json'): Promise<Response> =>
  call(echo, { method: 'POST', body, path, headers: { 'content-type': type } });

test('what a schema refuses is named by its pointer', async () => {
  const response = await post('{"a":{"b/c":3}}');
  expect(response.status).toBe(400);
  expect(await jsonOf(response)).toMatchObject({
    code: 'invalid_input',
    errors: [{ pointer: '/a/b~1c', code: 'invalid_type' }],
  });
  expect((await post('{"a":{"b/c":"x"}}')).status).toBe(200);
});

test.each([
  ['?limit=1&limit=2', 'repeated'],
  ['?limit=1&LIMIT=2', 'unrecognized_keys'],
  ['?limit=11', 'too_big'],
  ['?limit=%00', 'invalid_type'],
])('the query %s is refused as %s', async (query, code) => {
  const response = await post('{"a":{"b/c":"x"}}', `/x${query}`);
  expect(response.status).toBe(400);
  expect(await jsonOf(response)).toMatchObject({ errors: [{ code }] });
});

test.each<[string, string, number]>([
  ['', 'nothing', 400],
  ['{', 'half an object', 400],
  ['['.repeat(100_000), 'deep nesting', 400],
  [`{${Array.from({ length: 10_001 }, (_, i) => `"k${i}":1`).join(',')}}`, 'too many keys', 400],
  [`"${'x'.repeat(MAX_JSON_BYTES)}"`, 'too many bytes', 413],
])('a body of %#: quickly refused', async (body, _why, status) => {
  const started = performance.now();
  expect((await post(body)).status).toBe(status);
  expect(performance.now() - started).toBeLessThan(1000);
});

test('a body of another type or encoding is refused', async () => {
  expect((await post('{}', '/x', 'text/plain')).status).toBe(415);
  const bytes = Buffer.from('{"a":"\xff"}', 'latin1');
  const response = await call(echo, {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': 'application/json' },
  });
  expect(String((await jsonOf(response)).detail)).toContain('UTF-8');
});

test('keys that break prototypes change nothing', async () => {
  await post('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('public answers are checked by ETag, those for a viewer are never stored', async () => {
  const open = route({
    response: z.object({ a: z.number() }),
    handle: () => Promise.resolve({ a: 1 }),
  });
  const first = await call(open);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\w-]{43}"$/);
  const again = await call(open, { headers: { 'if-none-match': `W/"x", ${etag}` } });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
  const own = await call(open, { token });
  expect(own.headers.get('cache-control')).toBe('private, no-store');
  expect(own.headers.get('etag')).toBeNull();
  expect(own.headers.get('vary')).toContain('Authorization');
});

test('two viewers who take turns never get the body of the other', async () => {
  const { token: otherToken } = await createToken(db, { name: 'other', scopes: ['submit'] });
  const whoAmI = route({
    response: z.object({ name: z.string() }),
    scopes: ['submit'],
    handle: ({ viewer }) => Promise.resolve({ name: viewer.name }),
  });
  const names = await Promise.all(
    Array.from({ length: 1000 }, async (_, turn) => {
      const response = await call(whoAmI, { token: turn % 2 === 0 ? token : otherToken });
      return (await jsonOf(response)).name;
    }),
  );
  expect(names.every((name, turn) => name === (turn % 2 === 0 ? 'someone' : 'other'))).toBe(true);
});

test('refused access is in the audit log: who, what and when', async () => {
  const adminOnly = route({
    response: null,
    scopes: ['admin'],
    handle: () => Promise.reject(new Error()),
  });
  expect((await call(adminOnly, { path: '/api/v1/only', token })).status).toBe(403);
  expect((await call(adminOnly, { path: '/api/v1/only' })).status).toBe(401);
  const [entry, ...rest] = await listAuditLog(db);
  expect(entry).toMatchObject({
    actor: 'someone',
    action: 'access.refuse',
    subject: 'GET /api/v1/only',
  });
  expect(rest).toEqual([]);
});
