import type { DescribedRoute } from '#lib/http/openapi.ts';

/** Bodies that a reader can send as they are; the names are made up. */
const BODIES: Readonly<Record<string, string>> = {
  'POST /api/v1/submissions':
    '{"benchmark":"gsm8k","model":"my-model","method":"my-method","params":{"target_length":4096}}',
  'POST /api/v1/submissions/{id}/finalize': '{"bytes":48213,"sha256":"9f86d081…","rows":1319}',
  'POST /api/v1/tokens': '{"name":"ci","scopes":["submit"],"expiresInDays":90}',
  'PUT /api/v1/benchmarks/{id}/visibility': '{"visibility":"public"}',
};

/** Further arguments of curl, where a route takes more than JSON. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  'POST /api/v1/submissions': ['-H "Idempotency-Key: $(uuidgen)"'],
  'PUT /api/v1/submissions/{id}/files/{name}': [
    '-H "Content-Encoding: gzip"',
    '--data-binary @results.jsonl.gz',
  ],
  'POST /api/v1/submissions/oneshot': [
    `-F 'header={"benchmark":"gsm8k","model":"my-model"};type=application/json'`,
    '-F file=@results.jsonl',
  ],
  'GET /api/v1/submissions/{id}/events': ['-N'],
  'GET /api/v1/runs/{id}/download': ['-o samples.jsonl'],
};

/** A command to copy; $URL and $TOKEN stand for the server and the token. */
export function curlExample({ method, path, definition }: DescribedRoute): string {
  const key = `${method} ${path}`;
  const address = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => `$${name.toUpperCase()}`);
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} "$URL${address}"`,
    ...(definition.scopes === undefined ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(ARGUMENTS[key] ?? []),
  ];
  const body = BODIES[key];
  if (body !== undefined) lines.push('-H "Content-Type: application/json"', `-d '${body}'`);
  return lines.join(' \\\n  ');
}
