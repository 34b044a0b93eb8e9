import { expect, test } from 'vitest';
import { readAnnouncement, readEncoding } from '#lib/http/announced.ts';
import { readChunks } from '#lib/http/body.ts';
import { csvLine } from '#lib/http/csv.ts';
import { RateLimiter } from '#lib/http/rate-limit.ts';
import { requireSameOrigin } from '#lib/http/same-origin.ts';
import { readSession } from '#lib/http/session-cookie.ts';

test('the limiter admits its limit, then says exactly when the next one is free', () => {
  let now = 0;
  const limiter = new RateLimiter({ limit: 6, windowSeconds: 60 }, () => now);
  for (let i = 0; i < 6; i += 1) expect(limiter.take('a').isAllowed).toBe(true);
  expect(limiter.take('a')).toEqual({ isAllowed: false, retryAfterSeconds: 10 });
  expect(limiter.take('b').isAllowed).toBe(true);
  now = 9_900;
  expect(limiter.take('a')).toEqual({ isAllowed: false, retryAfterSeconds: 1 });
  now = 10_000;
  expect(limiter.take('a').isAllowed).toBe(true);
  expect(limiter.take('a').isAllowed).toBe(false);
});

test('at ten times the rate over an hour the limiter admits what it promises', () => {
  let now = 0;
  const limiter = new RateLimiter({ limit: 60, windowSeconds: 60 }, () => now);
  let admitted = 0;
  for (; now < 3_600_000; now += 100) if (limiter.take('a').isAllowed) admitted += 1;
  expect(admitted).toBeGreaterThanOrEqual(3600);
  expect(admitted).toBeLessThanOrEqual(3660);
});

test('a flood of new keys costs a bounded memory and the busy ones are remembered', () => {
  const limiter = new RateLimiter({ limit: 1, windowSeconds: 60 }, () => 0);
  limiter.take('busy');
  for (let i = 0; i < 30_000; i += 1) {
    limiter.take(`key ${i}`);
    if (i % 1000 === 0) expect(limiter.take('busy').isAllowed).toBe(false);
  }
  expect(limiter.take('key 0').isAllowed).toBe(true);
});

test('a body that falls silent is ended, one that only waits a little is not', async () => {
  const slow = (pauseMs: number) =>
    new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        controller.enqueue(Buffer.from('x'));
        if (pauseMs < 50) controller.close();
      },
    });
  const read = async (pauseMs: number): Promise<number> => {
    let bytes = 0;
    for await (const chunk of readChunks(slow(pauseMs), { maxBytes: 10, idleMs: 60 }))
      bytes += chunk.length;
    return bytes;
  };
  expect(await read(1)).toBe(1);
  await expect(read(500)).rejects.toMatchObject({ code: 'request_timeout' });
});

test('the announced length and hash are read from every form of the headers', () => {
  const base64 = Buffer.alloc(32, 7).toString('base64');
  const sha256 = '07'.repeat(32);
  for (const headers of [
    { 'repr-digest': `sha-256=:${base64}:` },
    { 'content-digest': `sha-512=:AAAA:, sha-256=:${base64}:` },
    { digest: `SHA-256=${base64}` },
  ]) {
    expect(readAnnouncement(new Headers(headers))).toEqual({ bytes: null, sha256 });
  }
  expect(readAnnouncement(new Headers({ 'content-length': '12' }))).toEqual({
    bytes: 12,
    sha256: null,
  });
  expect(() => readAnnouncement(new Headers({ digest: 'sha-256=short' }))).toThrow('no SHA-256');
  expect(() => readAnnouncement(new Headers({ 'content-length': '99999999999999' }))).toThrow(
    'larger',
  );
  expect(readEncoding(new Headers({ 'content-encoding': ' GZIP' }))).toBe('gzip');
  expect(() => readEncoding(new Headers({ 'content-encoding': 'br' }))).toThrow('br');
});

test.each([
  ['=1+1', `'=1+1`],
  ['+1', `'+1`],
  ['-1', `'-1`],
  ['@a', `'@a`],
  ['\tx', `'\tx`],
  ['a "b", c', '"a ""b"", c"'],
  ['two\nlines', '"two\nlines"'],
  ['plain', 'plain'],
])('the CSV cell of %j is text in a spreadsheet', (value, cell) => {
  expect(csvLine([value, -1, null])).toBe(`${cell},-1,\r\n`);
});

test.each<[Record<string, string>, boolean]>([
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ origin: 'https://board.test', host: 'board.test' }, true],
  [
    { origin: 'https://board.test', host: '127.0.0.1:3000', 'x-forwarded-host': 'board.test' },
    true,
  ],
  [{ origin: 'https://board.test:8443', host: 'board.test' }, false],
  [{ origin: 'https://evil.test', host: 'board.test' }, false],
  [{ 'sec-fetch-site': 'cross-site', origin: 'https://board.test', host: 'board.test' }, false],
  [{ origin: 'null', host: 'board.test' }, false],
  [{ host: 'board.test' }, false],
])('headers %j are of our own pages: %s', (headers, isOwn) => {
  const request = new Request('http://board.test/x', { method: 'POST', headers });
  const check = (): void => requireSameOrigin(request);
  if (isOwn) expect(check).not.toThrow();
  else expect(check).toThrow('browser session');
});

test('a cookie that is no session of ours is nobody', () => {
  for (const value of [undefined, '', 'x', 'a'.repeat(200), '.'.repeat(4)]) {
    expect(readSession(value)).toBeNull();
  }
});
