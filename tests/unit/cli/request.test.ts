import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { request } from '#scripts/client/request.ts';

const ONCE = { tries: 1, firstWaitMs: 0 };
const call = { method: 'GET', path: '/api/v1/submissions/1' } as const;
const Answer = z.object({ id: z.string() });

let server: Server | null = null;
afterEach(async () => {
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
  server = null;
});

async function serve(
  status: number,
  type: string,
  body: string,
): Promise<{ server: string; token: null }> {
  const listening = createServer((_, response) => {
    response.writeHead(status, { 'content-type': type, connection: 'close' }).end(body);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const { port } = listening.address() as AddressInfo;
  return { server: `http://127.0.0.1:${String(port)}`, token: null };
}

test.each([
  ['a page with status 200', 200, '<!doctype html>', /is it a Laconic server\?/],
  ['a page with status 404', 404, '<!doctype html>', /answered 404 .* is it a Laconic server\?/],
  ['an empty answer', 500, '', /answered 500/],
])('%s is named for what it is', async (_what, status, body, message) => {
  const connection = await serve(status, 'text/html', body);
  await expect(request(connection, call, Answer, ONCE)).rejects.toThrow(message);
});

test('a refusal carries its findings', async () => {
  const problem = {
    ...{ type: '/docs/api#invalid_input', title: 'Not valid', status: 400, code: 'invalid_input' },
    ...{ detail: 'The body is not valid.', instance: '/', request_id: 'req_1' },
    errors: [{ pointer: '/model', code: 'too_small', message: 'must not be empty' }],
  };
  const connection = await serve(400, 'application/problem+json', JSON.stringify(problem));
  await expect(request(connection, call, Answer, ONCE)).rejects.toMatchObject({
    code: 'invalid_input',
    message: 'The body is not valid.',
    details: problem.errors,
  });
});

test('a proxy that answers for an absent server is no refusal', async () => {
  const connection = await serve(502, 'text/html', '<h1>Bad gateway</h1>');
  await expect(request(connection, call, Answer, ONCE)).rejects.toMatchObject({
    code: 'unavailable',
  });
});

test('a server that is not there is said with its address and the reason', async () => {
  const { server: address } = await serve(200, 'text/plain', '');
  await new Promise((resolve) => server?.close(resolve));
  server = null;
  const refused = request({ server: address, token: null }, call, Answer, ONCE);
  await expect(refused).rejects.toThrow(`${address} does not answer: connect ECONNREFUSED`);
});
