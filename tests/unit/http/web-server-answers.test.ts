import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '#lib/env.ts';

/** Any server made after the program was loaded: it packs its answer, and would be asked for every address. */
const SERVER = `
  import http from 'node:http';
  const body = Buffer.from('${gzipSync('{"rows":[]}').toString('base64')}', 'base64');
  const server = http.createServer((request, response) => {
    if (request.url === '/api/readyz') {
      response.writeHead(503).end();
      return;
    }
    response.appendHeader('X-Laconic-Packed', 'gzip');
    response.end(body);
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

let server: ChildProcess;
let base = '';

beforeAll(async () => {
  const preload = path.join(ROOT, 'scripts', 'web-server-answers.ts');
  server = spawn(process.execPath, ['--import', preload, '--input-type=module', '--eval', SERVER], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(server.stdout!, 'data')) as [Buffer];
  base = `http://127.0.0.1:${port.toString().trim()}`;
});

afterAll(() => server.kill());

test('a body that a handler packed is named to the client as what it is', async () => {
  const response = await fetch(`${base}/api/v1/leaderboard`);
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(response.headers.has('x-laconic-packed')).toBe(false);
  expect(await response.json()).toEqual({ rows: [] });
});

test.each(['/api/v1/runs/%', '/api/v1/runs/%zz', '/api/v1/runs/%ff/samples', '/api/v1/%e2%82'])(
  'an address of the API that is not text gets a problem: %s',
  async (address) => {
    const response = await fetch(base + address);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ status: 400, code: 'invalid_input', instance: address });
  },
);

test('while the database is away a page is a whole one with 503; API and files are left alone', async () => {
  const page = await fetch(`${base}/runs/1?sort=-tokens`);
  expect(page.status).toBe(503);
  expect(page.headers.get('retry-after')).toBe('5');
  expect(page.headers.get('content-type')).toContain('text/html');
  const html = await page.text();
  expect(html).toContain('<h1>The database does not answer right now</h1>');
  expect(html).not.toContain('<script');
  expect((await fetch(`${base}/icon.svg`)).status).toBe(200);
  expect((await fetch(`${base}/api/v1/models`)).status).toBe(200);
});
