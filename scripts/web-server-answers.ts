/**
 * Loaded before the web server, for what its framework does not let a handler do: send a body that is packed already
 * (it drops the handler's Content-Encoding and would pack again for each reader), refuse an address of the API that can't be
 * decoded with a problem instead of an empty 500, and answer a page with 503 while the database is away.
 */
import http from 'node:http';
import { AppError } from '#lib/errors.ts';
import { PACKED_HEADER, announcePacking } from '#lib/http/packed.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { randomText } from '#lib/db/token-secret.ts';
import { createReadiness } from './readiness.ts';
import { RETRY_SECONDS, UNAVAILABLE_PAGE } from './unavailable-page.ts';

announcePacking();
const isReady = createReadiness();

const createServer = http.createServer.bind(http) as (...options: unknown[]) => http.Server;

http.createServer = (...options: unknown[]) => {
  const server = createServer(...options);
  for (const listener of server.listeners('request') as http.RequestListener[]) {
    server.off('request', listener);
    server.on('request', (request, response) => {
      if (isUndecodable(request.url ?? '/')) {
        void refuse(request.url ?? '/', response);
        return;
      }
      renamePacked(response);
      void answerPage(server, request, response).then((isAnswered) => {
        if (!isAnswered) listener(request, response);
      });
    });
  }
  return server;
};

/** True when the database is away and the reader was told so. */
async function answerPage(
  server: http.Server,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<boolean> {
  const address = server.address();
  if (!isPage(request) || address === null || typeof address === 'string') return false;
  if (await isReady(address.port)) return false;
  response.writeHead(503, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': String(RETRY_SECONDS),
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : UNAVAILABLE_PAGE);
  return true;
}

/** Not the API, which tells it in its own words, and not the files of the build, which need no database. */
function isPage({ method, url = '/' }: http.IncomingMessage): boolean {
  const path = url.split('?', 1)[0] ?? '/';
  const isFile = path.startsWith('/_next/') || /\.[a-z0-9]{1,5}$/.test(path);
  return (method === 'GET' || method === 'HEAD') && !path.startsWith('/api/') && !isFile;
}

/** The one header is turned into the other before the framework looks at it. */
function renamePacked(response: http.ServerResponse): void {
  const rename = (name: string): string =>
    name.toLowerCase() === PACKED_HEADER ? 'content-encoding' : name;
  const setHeader = response.setHeader.bind(response);
  const appendHeader = response.appendHeader.bind(response);
  response.setHeader = (name, value) => setHeader(rename(name), value);
  response.appendHeader = (name, value) => appendHeader(rename(name), value);
}

function isUndecodable(url: string): boolean {
  if (!url.startsWith('/api/')) return false;
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return false;
  } catch {
    return true;
  }
}

async function refuse(url: string, response: http.ServerResponse): Promise<void> {
  const error = new AppError(
    'invalid_input',
    'The address holds a % that is not followed by the two digits of a UTF-8 byte; write % as %25.',
  );
  const problem = problemResponse(error, { id: `req_${randomText(16)}`, path: url });
  response.writeHead(problem.status, Object.fromEntries(problem.headers));
  response.end(await problem.text());
}
