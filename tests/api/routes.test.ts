import { describe, expect, test } from 'vitest';
import { ROUTES, ROUTE_FILES } from '#app/api/v1/openapi.json/routes.ts';
import { beginUpload } from '#lib/db/partial-uploads.ts';
import { createSubmission } from '#lib/db/submission-intake.ts';
import { createToken } from '#lib/db/tokens.ts';
import type { RouteHandler } from '#lib/http/route.ts';
import { SubmissionHeader } from '#lib/schemas/submission.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { call, HEADER, newKey } from './requests.ts';

const { db } = await testDatabase();
const owner = await createToken(db, { name: 'owner', scopes: ['submit'] });
const TOKENS: Record<Role, string | null> = {
  anonymous: null,
  other: (await createToken(db, { name: 'other', scopes: ['submit'] })).token,
  reader: (await createToken(db, { name: 'reader', scopes: ['read:private'] })).token,
  owner: owner.token,
  admin: (await createToken(db, { name: 'admin', scopes: ['admin'] })).token,
};

const ROLES = ['anonymous', 'other', 'reader', 'owner', 'admin'] as const;
type Role = (typeof ROLES)[number];
type Rule = 'public' | 'submitters' | 'read own' | 'change own' | 'admins';

/** What each role meets; null is "let in", whatever the handler then makes of the request. */
const MATRIX: Record<Rule, Record<Role, 401 | 403 | 404 | null>> = {
  public: { anonymous: null, other: null, reader: null, owner: null, admin: null },
  submitters: { anonymous: 401, other: null, reader: 403, owner: null, admin: null },
  'read own': { anonymous: 401, other: 404, reader: null, owner: null, admin: null },
  'change own': { anonymous: 401, other: 404, reader: 403, owner: null, admin: null },
  admins: { anonymous: 401, other: 403, reader: 403, owner: 403, admin: null },
};

/** Reading without scopes is public; every other route says here who may use it. */
const RULES: Record<string, Rule> = {
  'GET /api/v1/submissions': 'submitters',
  'POST /api/v1/submissions': 'submitters',
  'POST /api/v1/submissions/oneshot': 'submitters',
  'GET /api/v1/submissions/{id}': 'read own',
  'GET /api/v1/submissions/{id}/events': 'read own',
  'GET /api/v1/submissions/{id}/report': 'read own',
  'PUT /api/v1/submissions/{id}/files/{name}': 'change own',
  'POST /api/v1/submissions/{id}/uploads': 'change own',
  'GET /api/v1/submissions/{id}/uploads/{upload}': 'change own',
  'PATCH /api/v1/submissions/{id}/uploads/{upload}': 'change own',
  'GET /api/v1/submissions/{id}/samples': 'change own',
  'POST /api/v1/submissions/{id}/samples': 'change own',
  'POST /api/v1/submissions/{id}/finalize': 'change own',
  'POST /api/v1/submissions/{id}/cancel': 'change own',
  'POST /api/v1/submissions/{id}/retry': 'change own',
  'POST /api/v1/submissions/{id}/withdraw': 'change own',
  'POST /api/v1/submissions/{id}/publish': 'change own',
  'DELETE /api/v1/submissions/{id}': 'admins',
  'POST /api/v1/benchmarks': 'submitters',
  'PUT /api/v1/benchmarks/{id}/visibility': 'admins',
  'PUT /api/v1/benchmarks/{id}/verifier': 'admins',
  'POST /api/v1/recount': 'admins',
  'POST /api/v1/rescore': 'admins',
  'GET /api/v1/tokens': 'admins',
  'POST /api/v1/tokens': 'admins',
  'POST /api/v1/tokens/{id}/revoke': 'admins',
  'POST /api/v1/rewards': 'public',
  'POST /api/v1/verify': 'public',
  'POST /api/v1/logic/{task}/generate': 'public',
  'POST /api/v1/logic/{task}/verify': 'public',
  'POST /api/v1/figures': 'public',
};

const UPLOAD = { name: 'a.jsonl', encoding: 'identity', bytes: 1, sha256: 'a'.repeat(64) };

const BODIES: Record<string, object> = {
  'POST /api/v1/submissions': HEADER,
  'POST /api/v1/submissions/{id}/finalize': { bytes: 1, sha256: 'a'.repeat(64) },
  'POST /api/v1/submissions/{id}/uploads': UPLOAD,
  'PUT /api/v1/benchmarks/{id}/visibility': { visibility: 'public' },
  'PUT /api/v1/benchmarks/{id}/verifier': { verifier: 'math' },
  'POST /api/v1/rescore': { verifier: 'math', dryRun: true },
  'POST /api/v1/tokens': { name: 'made', scopes: ['submit'] },
  'POST /api/v1/rewards': {
    run: '01900000-0000-7000-8000-000000000000',
    rewards: [{ id: 'laser' }],
  },
  'POST /api/v1/figures': { kind: 'reward-shapes', data: { rewards: [{ id: 'laser' }] } },
  'POST /api/v1/logic/{task}/generate': {},
  'POST /api/v1/logic/{task}/verify': { items: [{ response: '7', data: {} }] },
  'POST /api/v1/verify': { items: [{ response: '7', gold: '7' }] },
};

function handlerOf(path: string, method: string): RouteHandler {
  const folder = path.slice('/api/v1/'.length).replaceAll('{', '[').replaceAll('}', ']');
  return ROUTE_FILES[folder]?.[method] as RouteHandler;
}

async function privateSubmission(): Promise<string> {
  const { id } = await createSubmission(db, {
    ownerTokenId: owner.id,
    header: SubmissionHeader.parse({ ...HEADER, visibility: 'private' }),
    idempotencyKey: newKey()['idempotency-key'] ?? '',
    bodyHash: 'x',
  });
  return id;
}

test('every route that is not public reading has a rule, and no rule is left over', () => {
  const guarded = ROUTES.filter(({ method, definition }) => method !== 'GET' || definition.scopes);
  expect(guarded.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
    Object.keys(RULES).sort(),
  );
});

test('a method that an address does not have is a problem that names those it has', async () => {
  for (const [folder, handlers] of Object.entries(ROUTE_FILES)) {
    const path = `/api/v1/${folder}`;
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const handler = handlers[method] as Partial<RouteHandler> | undefined;
      if (handler?.definition !== undefined) continue;
      expect(handler, `${method} ${path}`).toBeTypeOf('function');
      const response = await call(handler as RouteHandler, { method, path });
      expect(response.status).toBe(405);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toMatchObject({ code: 'method_not_allowed', instance: path });
      const allowed = (response.headers.get('allow') ?? '').split(', ');
      expect(allowed).not.toContain(method);
      for (const [name, one] of Object.entries(handlers)) {
        if (typeof one === 'function' && 'definition' in one) expect(allowed).toContain(name);
      }
    }
  }
});

describe.each(ROUTES.map((route) => ({ name: `${route.method} ${route.path}`, ...route })))(
  '$name',
  ({ name, path, method }) => {
    const rule = RULES[name] ?? 'public';
    test.each(ROLES)(`as ${rule} for %s`, async (role) => {
      const id = rule === 'admins' ? crypto.randomUUID() : await privateSubmission();
      const upload = path.includes('{upload}') ? (await beginUpload(db, id, UPLOAD)).upload.id : '';
      const token = TOKENS[role];
      const body = BODIES[name];
      const response = await call(handlerOf(path, method), {
        method,
        path: path.replace('{id}', id),
        params: {
          id,
          upload,
          name: 'a.jsonl',
          item: 'none',
          k: '0',
          task: 'kukurasu',
          file: 'none',
        },
        headers: newKey(),
        ...(token === null ? {} : { token }),
        ...(body === undefined ? {} : { json: body }),
      });
      await response.body?.cancel();
      const expected = MATRIX[rule][role];
      if (expected !== null) expect(response.status).toBe(expected);
      else if (rule === 'public') expect([200, 201, 400, 404]).toContain(response.status);
      else expect([401, 403].includes(response.status)).toBe(false);
      if (expected === null && rule.endsWith('own')) expect(response.status).not.toBe(404);
    });
  },
);
